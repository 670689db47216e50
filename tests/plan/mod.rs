//! What the analysis says and what the plan does: through the library, for agencies made up.

mod agencies;
mod carried;
mod made_up;
mod wording;
