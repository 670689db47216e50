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
//! | [`mod@write`] | all of these | the bytes of a workbook or a document |
//!
//! The middle three are functions of data: they open no file, read no clock and print nothing. What an assessment
//! asks stands in [`framework`], what to say about a score in [`advice`]; both are TOML files, not code.
//!
//! One agency's file to its workbook:
//!
//! ```
//! use itasheet::{Config, Decimal, Report};
//!
//! let config = Config::default();
//! let report = Report::of_file("samples/khok-muang-2567.xlsx".as_ref(), &config)?;
//! assert_eq!(report.assessment.total.shown(), Some(Decimal::new(9213, 2)));
//! let workbook: Vec<u8> = report.workbook(&config)?;
//! assert!(workbook.starts_with(b"PK"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Every agency of a file, however many it holds, with what is to be looked at:
//!
//! ```
//! use itasheet::{Config, Input, Language};
//!
//! let config = Config::default();
//! let text = "หน่วยงาน,i1,i2,o1\nเทศบาลตำบลตัวอย่าง,84.67,91.5,100\nองค์การบริหารส่วนตำบลตัวอย่าง,90,101,100\n";
//! let input = Input::of_bytes("scores.csv".as_ref(), text.as_bytes(), &config)?;
//! for report in input.reports(&config)? {
//!     let report = report?;
//!     let agency = report.submission.agency.as_ref().map(|given| given.value.as_str()).unwrap_or_default();
//!     for finding in &report.assessment.findings {
//!         println!("{agency}: {} {}", finding.code, finding.message(Language::English));
//!     }
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod advice;
// What is hidden is the program's own, open to its tests only.
#[doc(hidden)]
pub mod app;
pub mod assess;
#[doc(hidden)]
pub mod batch;
mod config;
#[doc(hidden)]
pub mod domain;
#[doc(hidden)]
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
#[doc(hidden)]
pub mod typeset;
pub mod write;

pub use crate::assess::Assessment;
pub use crate::config::{CREATED, Config};
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
