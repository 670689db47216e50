//! Cells into scores: layouts, agencies, years, and tables that were once read wrongly.

mod addresses;
mod agencies;
mod distractors;
mod floor;
mod hidden;
mod layouts;
mod mended;
mod misread;
mod misread_sums;
mod own_output;
mod shapes;
mod wordings;
mod years;
