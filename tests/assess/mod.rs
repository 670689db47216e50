//! Scores into figures, levels and findings; frameworks.

mod findings;
mod framework_check;
mod frameworks;
mod thresholds;
