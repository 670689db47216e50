//! Cells into scores: layouts, agencies, years, and tables that were once read wrongly.

mod addresses;
mod agencies;
mod arrangement;
mod code_mentions;
mod distractors;
mod evidence;
mod floor;
mod hidden;
mod layouts;
mod mended;
mod misread;
mod misread_sums;
mod numbered_codes;
mod own_output;
mod rows_of_codes;
mod shapes;
mod two_columns;
mod uncalculated;
mod wordings;
mod years;
