//! What only the whole file can tell: the fiscal year, the framework, whether it is another assessment.

pub(super) mod framework;
pub(super) mod other_assessment;
pub(super) mod year;
