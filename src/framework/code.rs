//! Question codes: `i1`, `e9`, `o35`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// One of the three instruments that the assessment is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Instrument {
    /// Internal survey, answered by the agency's own staff.
    Iit,
    /// External survey, answered by those who use its services.
    Eit,
    /// Open data, judged from what the agency has published.
    Oit,
}

impl Instrument {
    /// All three, in the order in which they are always listed.
    pub const ALL: [Self; 3] = [Self::Iit, Self::Eit, Self::Oit];

    /// The letter that begins the codes of this instrument.
    pub fn letter(self) -> char {
        match self {
            Self::Iit => 'i',
            Self::Eit => 'e',
            Self::Oit => 'o',
        }
    }

    /// The instrument's usual abbreviation, `IIT`, `EIT` or `OIT`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Iit => "IIT",
            Self::Eit => "EIT",
            Self::Oit => "OIT",
        }
    }
}

impl fmt::Display for Instrument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// The code of one question, such as `o11`: an instrument and a number from 1 to 99.
///
/// A code means something only together with a fiscal year: `o34` is one thing in 2566 and another in 2567.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QuestionCode {
    instrument: Instrument,
    number: u8,
}

impl QuestionCode {
    /// The code with this instrument and number; `None` unless the number is 1 to 99.
    pub fn new(instrument: Instrument, number: u8) -> Option<Self> {
        (1..=99).contains(&number).then_some(Self { instrument, number })
    }

    /// The instrument that the question belongs to.
    pub fn instrument(self) -> Instrument {
        self.instrument
    }

    /// The number behind the letter, 1 to 99.
    pub fn number(self) -> u8 {
        self.number
    }
}

impl fmt::Display for QuestionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.instrument.letter(), self.number)
    }
}

/// The text is not a plain code such as `i1`.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is not a question code: expected i, e or o and a number from 1 to 99")]
pub struct ParseCodeError(String);

impl FromStr for QuestionCode {
    type Err = ParseCodeError;

    /// Reads the plain form only; what stands in real files is read by [`crate::recognise`].
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut chars = text.chars();
        let letter = chars.next();
        Instrument::ALL
            .into_iter()
            .find(|instrument| letter == Some(instrument.letter()))
            .zip(chars.as_str().parse().ok())
            .and_then(|(instrument, number)| Self::new(instrument, number))
            .ok_or_else(|| ParseCodeError(text.to_owned()))
    }
}

impl Serialize for QuestionCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for QuestionCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// Codes in words: runs of three or more are written `o1-o6`.
pub(crate) fn code_list(codes: impl IntoIterator<Item = QuestionCode>) -> String {
    let mut sorted: Vec<QuestionCode> = codes.into_iter().collect();
    sorted.sort_unstable();
    sorted.dedup();
    let follows = |a: &QuestionCode, b: &QuestionCode| a.instrument() == b.instrument() && a.number() + 1 == b.number();
    let runs = sorted.chunk_by(follows).map(|run| match run {
        [first, _, .., last] => format!("{first}-{last}"),
        short => short.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
    });
    runs.collect::<Vec<_>>().join(", ")
}
