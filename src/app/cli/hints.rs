//! What the user says about the inputs, and how they are read.

use std::path::PathBuf;
use std::str::FromStr;

use clap::Args;
use rust_decimal::Decimal;

use crate::app::cli::reading::ReadArgs;
use crate::app::cli::{Environment, Lang};
use crate::app::invocation::Invocation;
use crate::config::{CREATED, Config};
use crate::read::parse_column;
use crate::recognise::Hints;
use crate::settings::SettingFiles;

/// What the user says about one input.
#[derive(Debug, Args)]
#[command(next_help_heading = "What the file does not say")]
pub(super) struct HintArgs {
    /// Name of the agency
    #[arg(long, value_parser = not_blank)]
    agency: Option<String>,
    /// Published score of an indicator, such as 6=87.03; may be given again
    #[arg(long, value_name = "N=SCORE", value_parser = indicator)]
    indicator: Vec<(u8, Decimal)>,
    /// Published total
    #[arg(long, value_name = "SCORE", value_parser = score)]
    total: Option<Decimal>,
    /// Published level
    #[arg(long, value_parser = not_blank)]
    level: Option<String>,
    /// Published rank
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
    rank: Option<u32>,
    #[command(flatten)]
    reading: ReadingArgs,
}

/// What the user says about all inputs.
#[derive(Debug, Args)]
#[command(next_help_heading = "What the files do not say")]
pub(super) struct ReadingArgs {
    /// Fiscal year, Buddhist era
    #[arg(long, value_parser = clap::value_parser!(u16).range(2500..=2700))]
    year: Option<u16>,
    /// The same, even where the codes of the questions are those of another year
    #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(u16).range(2500..=2700), conflicts_with = "year")]
    force_year: Option<u16>,
    /// District of the agency
    #[arg(long, value_parser = not_blank)]
    district: Option<String>,
    /// Its province
    #[arg(long, value_parser = not_blank)]
    province: Option<String>,
    /// Score below which a question falls short (85 if not given)
    #[arg(long, value_name = "SCORE", value_parser = score)]
    threshold: Option<Decimal>,
    /// The only sheet to look at
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// Column of the question codes, such as B
    #[arg(long, value_name = "COLUMN", value_parser = column)]
    code_column: Option<u32>,
    /// Column of the scores, such as D
    #[arg(long, value_name = "COLUMN", value_parser = column)]
    score_column: Option<u32>,
    /// Settings of the agency (profile.toml beside the input if not given)
    #[arg(long, value_name = "FILE")]
    profile: Option<PathBuf>,
    /// Framework of one's own, or a folder of them; see `itasheet framework show`
    #[arg(long, value_name = "PATH")]
    framework: Option<PathBuf>,
    /// Language of messages (by the system's locale if not given)
    #[arg(long, value_enum)]
    lang: Option<Lang>,
    #[command(flatten)]
    read: ReadArgs,
}

impl HintArgs {
    pub(super) fn files(&self) -> SettingFiles {
        self.reading.files()
    }

    pub(super) fn invocation(self, environment: &Environment) -> Invocation {
        let invocation = self.reading.invocation(environment);
        let hints = Hints {
            agency: self.agency,
            indicators: self.indicator,
            total: self.total,
            level: self.level,
            rank: self.rank,
            ..invocation.config.hints
        };
        Invocation { config: Config { hints, ..invocation.config }, ..invocation }
    }
}

impl ReadingArgs {
    pub(super) fn files(&self) -> SettingFiles {
        SettingFiles { profile: self.profile.clone(), advice: None, framework: self.framework.clone(), previous: None }
    }

    pub(super) fn invocation(self, environment: &Environment) -> Invocation {
        let config = Config {
            threshold: self.threshold,
            created: environment.created.unwrap_or(CREATED),
            hints: Hints {
                year: self.year.or(self.force_year),
                force_year: self.force_year.is_some(),
                district: self.district,
                province: self.province,
                sheet: self.sheet,
                code_column: self.code_column,
                score_column: self.score_column,
                ..Hints::default()
            },
            read: self.read.options(environment.executable.clone()),
            ..Config::default()
        };
        Invocation { config, language: environment.language(self.lang), ..Invocation::default() }
    }
}

fn not_blank(text: &str) -> Result<String, String> {
    let text = crate::domain::thai::clean(text);
    match text.chars().count() {
        0 => Err("must not be blank".to_owned()),
        1..=200 => Ok(text),
        _ => Err("must not be longer than 200 characters".to_owned()),
    }
}

fn score(text: &str) -> Result<Decimal, String> {
    let text = crate::domain::thai::arabic_digits(text);
    match Decimal::from_str(text.trim()) {
        Ok(score) if score >= Decimal::ZERO && score <= Decimal::ONE_HUNDRED => Ok(score),
        _ => Err("expected a number from 0 to 100".to_owned()),
    }
}

fn indicator(text: &str) -> Result<(u8, Decimal), String> {
    let (number, value) = text.split_once('=').ok_or("expected NUMBER=SCORE, such as 6=87.03")?;
    let number =
        crate::domain::thai::arabic_digits(number).trim().parse().ok().filter(|number| (1..=99).contains(number));
    Ok((number.ok_or("expected the number of an indicator before the =")?, score(value)?))
}

fn column(text: &str) -> Result<u32, String> {
    parse_column(text).ok_or_else(|| "expected the letters of a column, such as D".to_owned())
}
