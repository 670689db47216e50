//! The questions' scores: which column holds them, which table counts, what each row says. It takes the cells with codes and
//! gives an answer for each question, or why there is none.

pub(super) mod answers;
pub(super) mod candidate;
pub(super) mod choice_reports;
pub(super) mod code_mentions;
pub(super) mod column;
pub(super) mod comparison;
pub(super) mod eit_halves;
pub(super) mod rows_below;
pub(super) mod scale;
pub(super) mod table;
pub(super) mod table_choice;
