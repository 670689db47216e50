//! The page in the browser, asked by a client that may say anything; against the loopback address only, bounded in count and
//! time. A real browser does `browser.py`.

mod admission;
mod hostile;
mod lifetime;
mod page;
mod results;
mod uploads;
