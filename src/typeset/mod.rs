//! How many lines a Thai text takes in a cell set in TH SarabunPSK or TH Sarabun New, and how high its row must be.
//!
//! It takes texts and widths and gives breaks and heights. The spreadsheet writer stores no heights, Excel does not grow merged
//! cells and other programs clip what is too high. It writes nothing.

mod font_metrics;
mod line_break;
mod piece;
mod stored_breaks;
pub(crate) mod text_cache;
mod text_height;

pub use crate::typeset::font_metrics::{BOLD_FACTOR, DEFAULT_SIZE_PT, advance, line_px};
pub use crate::typeset::line_break::{Breaks, stored_runs};
pub use crate::typeset::text_height::{TextBox, columns_px, text_width_pt};
