//! Bytes into cells: formats, limits, hostile files.

mod cells;
mod extremes;
mod formats;
mod hostile;
mod killers;
mod mended;
mod mutations;
mod pairs;
mod seen;
mod xlsb;
