//! Turns the ITA scores of a Thai public agency into its published analysis and action plan.
//!
//! The flow goes one way:
//!
//! | stage | from | to |
//! |---|---|---|
//! | [`read`] | bytes | [`read::Book`]: typed cells with A1 addresses |
//! | [`recognise`] | book | [`Submission`]: one agency's scores, each with its cell |
//! | [`assess`] | submission | [`Assessment`]: indicators, instruments, total, level, issues |
//! | [`plan`] | assessment | [`ActionPlan`]: what to say and what to do |
//! | [`write`] | all of these | the workbook's bytes |
//!
//! The middle three are functions of data: they open no file, read no clock and print nothing. What an assessment
//! asks stands in [`framework`], what to say about a score in [`advice`]; both are TOML files, not code.
//!
//! ```no_run
//! use itasheet::{Config, Report};
//!
//! let config = Config::default();
//! let report = Report::of_file("scores.xlsx".as_ref(), &config)?;
//! std::fs::write("analysis.xlsx", report.workbook(&config)?)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod advice;
pub mod assess;
pub mod batch;
pub mod cli;
mod compiled;
mod config;
mod copy_name;
mod error;
pub mod figure;
pub mod finding;
pub mod framework;
pub mod guard;
mod language;
mod memo;
pub mod overview;
pub mod plan;
mod previous;
mod profile;
pub mod read;
pub mod recognise;
pub mod reference;
mod report;
pub mod run;
mod settings;
mod sheet_names;
mod terminal;
pub mod thai;
pub mod typeset;
pub mod write;

pub use assess::Assessment;
pub use config::{CREATED, Config, Digits, OUTPUT_SUFFIX, Output};
pub use error::{Breakdown, Cause, Content, Error, ErrorKind, Measure};
pub use finding::{Finding, FindingCode, Place, Severity};
pub use framework::{Framework, Instrument, QuestionCode};
pub use language::{Language, Texts};
pub use overview::AgencyResult;
pub use plan::ActionPlan;
pub use previous::{LastYear, Previous};
pub use profile::{PROFILE_NAME, Profile};
pub use recognise::Submission;
pub use report::{Input, Report};
pub use rust_decimal::Decimal;
