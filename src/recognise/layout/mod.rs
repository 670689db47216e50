//! How the tables of several agencies or years stand on the sheets: which rows and columns are whose. It gives regions of
//! sheets; what they hold is read elsewhere.

pub(super) mod agency_column;
pub(super) mod agency_tables;
pub(super) mod blocks;
pub(super) mod code_runs;
pub(super) mod section;
pub(super) mod side_by_side;
pub(super) mod wide;
