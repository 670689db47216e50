//! How many measures an issue gets.

use serde::{Deserialize, Serialize};

use crate::advice::Bounds;
use crate::framework::Issue;

/// How many measures the user wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Amount {
    /// The least: half of the usual numbers.
    Few,
    /// The usual numbers of the texts and the framework.
    #[default]
    Usual,
    /// Every measure that something calls for, in one phase.
    All,
    /// At least and at most so many an issue.
    Between(usize, usize),
}

impl Amount {
    /// The least and the most measures of an issue's first phase.
    pub(super) fn bounds(self, issue: &Issue, usual: Bounds) -> Bounds {
        let (least, most) = issue.measures.unwrap_or((usual.least, usual.most));
        match self {
            Self::Few => Bounds { least: least.div_ceil(2), most: most.div_ceil(2) },
            Self::Usual => Bounds { least, most },
            Self::All => Bounds { least, most: usize::MAX },
            Self::Between(least, most) => Bounds { least, most },
        }
    }
}
