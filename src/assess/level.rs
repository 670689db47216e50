//! The result level, and in words what stands between it and the next one.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::domain::figure::{round2, two_decimals};
use crate::framework::{Framework, Instrument, Level};

/// The level as published and by the rule.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LevelResult {
    /// The published name.
    pub published: Option<String>,
    /// The name by the framework's rule; nothing unless the total and all instruments are known.
    pub computed: Option<String>,
    /// The names that the rule allows with the figures that are known, best first: one where all are, none where there is no
    /// rule.
    pub possible: Vec<String>,
    /// Why the rule gives this level and not the next, in Thai; empty where nothing was computed.
    pub reason: String,
    /// What falls short of the next level.
    pub shortfalls: Vec<Shortfall>,
}

/// A figure that falls short of the next level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shortfall {
    /// The instrument; nothing for the total.
    pub instrument: Option<Instrument>,
    /// Its score, rounded to two decimals.
    pub score: Decimal,
    /// What the next level asks for.
    pub needed: Decimal,
}

impl LevelResult {
    /// The level to show: the published one, or the computed one where nothing is published.
    pub fn shown(&self) -> Option<&str> {
        self.published.as_deref().or(self.computed.as_deref())
    }
}

/// Finds the level by the rule; all figures are rounded to two decimals before they are compared.
pub(super) fn find(
    framework: &Framework,
    total: Option<Decimal>,
    instruments: &BTreeMap<Instrument, Option<Decimal>>,
    published: Option<String>,
) -> LevelResult {
    let total = total.map(round2);
    let known: Vec<(Instrument, Decimal)> =
        instruments.iter().filter_map(|(instrument, score)| Some((*instrument, round2((*score)?)))).collect();
    let all_known = known.len() == instruments.len();
    let possible = possible(framework, total, &known, all_known);
    let (Some(total), true) = (total, all_known) else {
        return LevelResult { published, possible, ..LevelResult::default() };
    };
    let mut next = None;
    for level in framework.level_rules() {
        if !shortfalls(level, total, &known).is_empty() {
            next = Some(level);
            continue;
        }
        let (reason, shortfalls) = match next {
            Some(next) => {
                let short = shortfalls(next, total, &known);
                (reason(framework, next, &short), short)
            }
            None => (highest(level), Vec::new()),
        };
        return LevelResult { published, computed: Some(level.name.clone()), possible, reason, shortfalls };
    }
    LevelResult { published, possible, ..LevelResult::default() }
}

/// The levels that can come out, whatever the figures are that are not known.
fn possible(
    framework: &Framework,
    total: Option<Decimal>,
    known: &[(Instrument, Decimal)],
    all_known: bool,
) -> Vec<String> {
    let mut names = Vec::new();
    for level in framework.level_rules() {
        let falls_short = total.is_some_and(|total| total < level.total)
            || level.each_instrument.is_some_and(|needed| known.iter().any(|(_, score)| *score < needed));
        if falls_short {
            continue;
        }
        names.push(level.name.clone());
        // No worse level comes out where this one is reached for certain.
        if total.is_some() && (all_known || level.each_instrument.is_none()) {
            break;
        }
    }
    names
}

fn shortfalls(level: &Level, total: Decimal, scores: &[(Instrument, Decimal)]) -> Vec<Shortfall> {
    let short = |instrument, score: Decimal, needed: Decimal| {
        (score < needed).then_some(Shortfall { instrument, score, needed })
    };
    let of_total = short(None, total, level.total);
    let needed = level.each_instrument;
    let of_each = scores.iter().filter_map(|(instrument, score)| short(Some(*instrument), *score, needed?));
    of_total.into_iter().chain(of_each).collect()
}

fn reason(framework: &Framework, next: &Level, shortfalls: &[Shortfall]) -> String {
    // Below what passes there is nothing to look forward to but that.
    if let (false, Some(short)) = (next.passes, shortfalls.first()) {
        let (score, needed) = (two_decimals(short.score), two_decimals(short.needed));
        return format!("คะแนนรวม {score} ต่ำกว่า {needed} (เกณฑ์ผ่านคือ {} ขึ้นไป)", two_decimals(framework.pass_mark()));
    }
    let parts: Vec<String> = shortfalls
        .iter()
        .map(|short| {
            let name = short
                .instrument
                .map_or("คะแนนรวม".to_owned(), |instrument| format!("คะแนน {instrument}"));
            format!("{name} {} ต่ำกว่า {}", two_decimals(short.score), two_decimals(short.needed))
        })
        .collect();
    let listed = match parts.split_last() {
        Some((last, before)) if !before.is_empty() => format!("{} และ{last}", before.join(" ")),
        _ => parts.concat(),
    };
    format!("ยังไม่ถึงระดับ{} เพราะ{listed}", next.name)
}

fn highest(level: &Level) -> String {
    match level.each_instrument {
        Some(each) => {
            format!("คะแนนรวมไม่ต่ำกว่า {} และทุกเครื่องมือไม่ต่ำกว่า {}", two_decimals(level.total), two_decimals(each))
        }
        None => format!("คะแนนรวมไม่ต่ำกว่า {}", two_decimals(level.total)),
    }
}
