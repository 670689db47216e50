//! What a sheet says around its numbers: which cells are codes, what headers and labels name, whose it is, and whether it
//! speaks of an ITA result at all. It chooses no score.

pub(super) mod code_cells;
pub(super) mod header;
pub(super) mod header_rules;
pub(super) mod keys;
pub(super) mod labels;
pub(super) mod numbered_codes;
pub(super) mod owner;
pub(super) mod plausibility;
pub(super) mod title_block;
