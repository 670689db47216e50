//! The written workbook: its parts, its pages, what another program makes of it.

mod golden;
mod live;
mod long_texts;
mod samples;
mod yardstick;
