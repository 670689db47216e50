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
//! | [`write`] | all of these | the bytes of a workbook or a document |
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
#[doc(hidden)]
pub mod app;
pub mod assess;
pub mod batch;
mod config;
pub mod domain;
pub mod edits;
mod error;
pub mod finding;
pub mod framework;
pub mod overview;
pub mod plan;
mod previous;
mod profile;
pub mod read;
pub mod recognise;
mod repair;
mod report;
#[cfg(feature = "serve")]
pub mod serve;
mod settings;
mod system;
pub mod typeset;
pub mod write;

pub use crate::assess::Assessment;
pub use crate::config::{CREATED, Config, OUTPUT_SUFFIX, Output};
pub use crate::domain::digits::Digits;
pub use crate::domain::language::{Language, Texts};
pub use crate::error::{Breakdown, Cause, Content, Error, ErrorKind, OtherColumn, Quantity};
pub use crate::finding::{Finding, FindingCode, Place, Severity};
pub use crate::framework::{Framework, Instrument, QuestionCode};
pub use crate::overview::AgencyResult;
pub use crate::plan::ActionPlan;
pub use crate::previous::{LastYear, Previous};
pub use crate::profile::{PROFILE_NAME, Profile};
pub use crate::recognise::Submission;
pub use crate::report::{Input, Report};
pub use rust_decimal::Decimal;
