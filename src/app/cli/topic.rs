//! What the reference can be asked about.

use clap::ValueEnum;

use crate::app::reference::Topic;

/// What the reference is about.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum TopicArg {
    /// What should be looked at in a file that was converted
    Findings,
    /// What ends a file, or lets nothing be attempted
    Errors,
    /// The keys of `inspect --json`
    Json,
    /// The columns of `export`
    Rows,
    /// The keys of `itasheet-run.json`
    RunFile,
    /// What an input may take, and the flags that change it
    Limits,
}

impl From<TopicArg> for Topic {
    fn from(topic: TopicArg) -> Self {
        match topic {
            TopicArg::Findings => Self::Findings,
            TopicArg::Errors => Self::Errors,
            TopicArg::Json => Self::Json,
            TopicArg::Rows => Self::Rows,
            TopicArg::RunFile => Self::RunFile,
            TopicArg::Limits => Self::Limits,
        }
    }
}
