//! What a person chooses on the page: the flags of `convert` as fields of a form.

use std::collections::BTreeMap;
use std::str::FromStr;

use rust_decimal::Decimal;

use crate::config::Config;
use crate::domain::digits::Digits;
use crate::domain::thai::{arabic_digits, clean};
use crate::plan::Amount;
use crate::read::parse_column;
use crate::recognise::Hints;
use crate::serve::refusal::Refusal;

/// Characters of a choice that are kept.
const MOST_CHARS: usize = 200;

/// The fields that are texts.
pub(super) const FIELDS: [&str; 11] = [
    "agency",
    "district",
    "province",
    "year",
    "sheet",
    "code-column",
    "score-column",
    "total",
    "threshold",
    "measures",
    "digits",
];

/// What the field of an indicator's score begins with; its number follows.
pub(super) const INDICATOR: &str = "indicator-";

/// The choices as they were made, to be shown again as they stand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Choices {
    texts: BTreeMap<&'static str, String>,
    /// The scores of indicators, by number.
    indicators: BTreeMap<u8, String>,
    /// Whether somebody has held the topics against the year's manual.
    pub titles_checked: bool,
    /// Whether the year holds even where the codes are another year's.
    pub force_year: bool,
}

impl Choices {
    /// Takes a field of a form; what is no choice is passed over.
    pub fn set(&mut self, field: &str, value: &str) {
        let value: String = clean(value).chars().take(MOST_CHARS).collect();
        if let Some(known) = FIELDS.into_iter().find(|known| *known == field) {
            if !value.is_empty() {
                self.texts.insert(known, value);
            }
        } else if let Some(number) = field.strip_prefix(INDICATOR).and_then(|number| number.parse().ok()) {
            if !value.is_empty() {
                self.indicators.insert(number, value);
            }
        } else if field == "titles-checked" {
            self.titles_checked = true;
        } else if field == "force-year" {
            self.force_year = true;
        }
    }

    /// What stands in a field.
    pub fn text(&self, field: &str) -> &str {
        self.texts.get(field).map_or("", String::as_str)
    }

    /// What stands in the field of an indicator's score.
    pub fn indicator(&self, number: u8) -> &str {
        self.indicators.get(&number).map_or("", String::as_str)
    }

    /// The numbers of the indicators whose scores were given.
    pub fn given_indicators(&self) -> impl Iterator<Item = u8> + '_ {
        self.indicators.keys().copied()
    }

    /// Whether anything was chosen.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The settings with these choices.
    ///
    /// # Errors
    /// When one of them is none that can be made.
    pub fn config(&self, base: &Config) -> Result<Config, Refusal> {
        let given = |field: &'static str| self.texts.get(field).cloned();
        let column = |field| self.parsed(field, parse_column);
        let indicators = self
            .indicators
            .iter()
            .map(|(number, text)| score(text).map(|score| (*number, score)).ok_or_else(|| refusal("indicator", text)));
        let year = self.parsed("year", |text| {
            arabic_digits(text).parse::<u16>().ok().filter(|year| (2500..=2700).contains(year))
        })?;
        Ok(Config {
            threshold: self.parsed("threshold", score)?,
            digits: self.parsed("digits", digits)?,
            amount: self.parsed("measures", amount)?,
            titles_checked: self.titles_checked,
            hints: Hints {
                year,
                force_year: self.force_year && year.is_some(),
                agency: given("agency"),
                district: given("district"),
                province: given("province"),
                sheet: given("sheet"),
                code_column: column("code-column")?,
                score_column: column("score-column")?,
                total: self.parsed("total", score)?,
                indicators: indicators.collect::<Result<_, _>>()?,
                ..base.hints.clone()
            },
            ..base.clone()
        })
    }

    fn parsed<T>(&self, field: &'static str, parse: impl Fn(&str) -> Option<T>) -> Result<Option<T>, Refusal> {
        let text = self.text(field);
        if text.is_empty() {
            return Ok(None);
        }
        parse(text).map(Some).ok_or_else(|| refusal(field, text))
    }
}

fn refusal(field: &'static str, given: &str) -> Refusal {
    Refusal::Choice { field, given: given.to_owned() }
}

fn score(text: &str) -> Option<Decimal> {
    let score = Decimal::from_str(&arabic_digits(text)).ok()?;
    (score >= Decimal::ZERO && score <= Decimal::ONE_HUNDRED).then_some(score)
}

fn digits(text: &str) -> Option<Digits> {
    match text {
        "report" => Some(Digits::Report),
        "thai" => Some(Digits::Thai),
        "arabic" => Some(Digits::Arabic),
        _ => None,
    }
}

fn amount(text: &str) -> Option<Amount> {
    match text {
        "few" => Some(Amount::Few),
        "usual" => Some(Amount::Usual),
        "all" => Some(Amount::All),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(fields: &[(&str, &str)]) -> Choices {
        let mut choices = Choices::default();
        fields.iter().for_each(|(field, value)| choices.set(field, value));
        choices
    }

    #[test]
    fn choices_are_the_flags_of_convert() {
        let fields = [
            ("agency", " เทศบาลตำบล  โคกม่วง "),
            ("year", "๒๕๖๗"),
            ("score-column", "D"),
            ("threshold", "90"),
            ("measures", "few"),
            ("digits", "thai"),
            ("indicator-6", "87.03"),
            ("titles-checked", "on"),
            ("file", "x"),
            ("sheet", ""),
        ];
        let config = chosen(&fields).config(&Config::default()).expect("choices");
        assert_eq!(config.hints.agency.as_deref(), Some("เทศบาลตำบล โคกม่วง"));
        assert_eq!((config.hints.year, config.hints.score_column), (Some(2567), Some(3)));
        assert_eq!((config.threshold, config.hints.sheet), (Some(Decimal::from(90)), None));
        assert_eq!((config.amount, config.digits), (Some(Amount::Few), Some(Digits::Thai)));
        assert_eq!(config.hints.indicators, [(6, Decimal::new(8703, 2))]);
        assert!(config.titles_checked && !config.hints.force_year);
    }

    #[test]
    fn a_choice_that_is_none_is_named() {
        for (field, value) in [
            ("year", "67"),
            ("threshold", "101"),
            ("score-column", "4"),
            ("digits", "roman"),
            ("measures", "some"),
            ("total", "x"),
        ] {
            let refused = chosen(&[(field, value)]).config(&Config::default());
            assert!(matches!(refused, Err(Refusal::Choice { field: named, .. }) if named == field), "{field}");
        }
        let refused = chosen(&[("indicator-6", "-1")]).config(&Config::default());
        assert!(matches!(refused, Err(Refusal::Choice { field: "indicator", .. })));
    }
}
