//! What only the whole file can tell: the fiscal year, the framework, whether it is another assessment. It takes what the
//! sheets say and gives one answer for all of them.

pub(super) mod framework;
pub(super) mod other_assessment;
pub(super) mod titles;
pub(super) mod year;
