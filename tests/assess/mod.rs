//! Scores into figures, levels and findings; frameworks.

mod findings;
mod framework_check;
mod frameworks;
mod own_years;
mod thresholds;
mod title_words;
mod years;
