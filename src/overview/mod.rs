//! Many agencies' results as one.

mod agency_result;

pub use agency_result::AgencyResult;
