//! Many agencies' results as one: the numbers of the overview. Functions of data; they are written by
//! [`crate::write::workbook`].

mod agency_result;

pub use agency_result::AgencyResult;
