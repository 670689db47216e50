//! What a sheet says around its tables: which cells are codes, what its titles name, whose it is, whether it speaks of an ITA result at all.

pub(super) mod header;
pub(super) mod keys;
pub(super) mod labels;
pub(super) mod owner;
pub(super) mod plausibility;
pub(super) mod title_block;
