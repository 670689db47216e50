//! What is printed of a report, whatever it is printed on: the workbook and the Word document take their texts from here.
//!
//! It takes a report and the digits to write with and gives texts: names, titles, the rows of the analysis, what a measure
//! answers. It knows no cell, no paragraph and no file, and makes up nothing that the report does not say.

pub(crate) mod manifest;
mod wording;

use std::borrow::Cow;
use std::sync::OnceLock;

use rust_decimal::Decimal;

use crate::domain::digits::Digits;
use crate::domain::figure::two_decimals;
use crate::framework::{Framework, Instrument, InstrumentFacts, QuestionCode, Topics};
use crate::plan::items::{ANSWERS, Item, MeasureItems, OUTPUT, OfficerRow, SUCCESS, TITLE};
use crate::plan::{ActionPlan, AnalysisRow, InstrumentText, PlannedMeasure, Subject};
use crate::report::Report;
use crate::typeset::Breaks;

pub(crate) use crate::write::printed::wording::{FollowUpWords, Wording, fill};

/// Break positions are remembered for the whole run: most texts are the same from agency to agency.
pub(crate) fn breaks() -> &'static Breaks {
    static BREAKS: OnceLock<Breaks> = OnceLock::new();
    BREAKS.get_or_init(|| Breaks::from_stored(crate::advice::STORED_BREAKS))
}

/// The province whose districts have another name, and that is none by its own.
pub(crate) const BANGKOK: &str = "กรุงเทพ";

/// How many dots stand for what is written in by hand.
const DOTS: usize = 44;

/// A report and how it is written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Printed<'a> {
    report: &'a Report,
    /// The plan that is printed.
    pub plan: &'a ActionPlan,
    framework: &'a Framework,
    digits: Digits,
    wording: &'static Wording,
}

/// What a row of the analysis says: each recommendation stands below, a single one in the same paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RowText<'a> {
    /// What is found wrong; empty where nothing is said.
    pub finding: &'a str,
    /// What leads to the recommendations; empty where there are none.
    pub lead_in: &'a str,
    /// What is recommended.
    pub recommendations: &'a [String],
}

impl RowText<'_> {
    /// The whole as one text with a line for each of several recommendations.
    pub fn joined(&self) -> String {
        let first = [self.finding, self.lead_in].join(" ");
        match self.recommendations {
            [one] => format!("{first}{one}"),
            // An officer's text stands as it is.
            [] if self.lead_in.is_empty() => self.finding.to_owned(),
            several => std::iter::once(first)
                .chain(several.iter().map(|text| format!("- {text}")))
                .collect::<Vec<_>>()
                .join("\n"),
        }
        .trim()
        .to_owned()
    }
}

impl<'a> Printed<'a> {
    pub fn new(report: &'a Report, digits: Digits) -> Self {
        let (framework, wording) = (&*report.assessment.framework, Wording::built_in());
        Self { report, plan: &report.plan, framework, digits, wording }
    }

    /// As the program itself would have it, without an officer's edits.
    pub fn of_program(report: &'a Report, digits: Digits) -> Self {
        Self { plan: report.written.as_deref().unwrap_or(&report.plan), ..Self::new(report, digits) }
    }

    /// The agency's name; empty where it is not known.
    pub fn agency(&self) -> &'a str {
        self.report.submission.agency.as_ref().map_or("", |given| given.value.as_str())
    }

    /// The agency's name, or that it is not known.
    pub fn agency_line(&self) -> &'a str {
        if self.agency().is_empty() { &self.wording.no_agency } else { self.agency() }
    }

    /// Its district and province; empty where neither is known.
    pub fn place_line(&self) -> String {
        let submission = &self.report.submission;
        let bangkok = submission.province.as_ref().is_some_and(|given| given.value.starts_with(BANGKOK));
        let mut parts = Vec::new();
        // A province that is itself the agency is not named twice.
        let is_agency = |text: &String| text == self.agency();
        if let Some(given) = &submission.district {
            parts.push(format!("{}{}", if bangkok { "เขต" } else { "อำเภอ" }, given.value));
        }
        if let Some(given) = &submission.province {
            let text = if bangkok { given.value.clone() } else { format!("จังหวัด{}", given.value) };
            parts.extend(Some(text).filter(|text| !is_agency(text)));
        }
        parts.join(" ")
    }

    /// The document's name as the framework has it, or what it is.
    pub fn document(&self) -> &'a str {
        if self.framework.document.is_empty() { &self.wording.document } else { &self.framework.document }
    }

    /// The name of the document about what has come of the plan.
    pub fn follow_up(&self) -> &'a str {
        let name = &self.framework.follow_up;
        if name.is_empty() { &self.wording.follow_up.document } else { name }
    }

    /// What the document shows.
    pub fn shows(&self) -> String {
        fill(&self.wording.shows, &[("assessment", &self.framework.name)])
    }

    /// The year assessed, or so many years later, in the digits of titles.
    pub fn year(&self, later: u16) -> String {
        self.digits.title(&(self.framework.year + later).to_string())
    }

    /// `คะแนนภาพรวมของหน่วยงาน ... คะแนนที่ได้ ... คะแนน ระดับผลการประเมิน ...`, as published reports have it.
    pub fn sentence(&self) -> String {
        let assessment = &self.report.assessment;
        let total = assessment.total.shown().map_or("-".to_owned(), |total| self.digits.title(&two_decimals(total)));
        let level = assessment.level.shown().unwrap_or("-");
        let values = [("agency", self.agency_line()), ("total", total.as_str()), ("level", level)];
        fill(&self.wording.sentence, &values)
    }

    /// What every page of a draft says.
    pub fn draft_mark(&self) -> String {
        fill(&self.wording.draft, &[("year", &self.year(0))])
    }

    /// What takes the place of both parts where it is not known which issues the questions belong to.
    pub fn no_issues(&self) -> String {
        fill(&self.wording.no_issues, &[("assessment", &self.framework.short_name)])
    }

    /// Whether it is known which issues the questions belong to.
    pub fn has_analysis(&self) -> bool {
        !self.framework.issues.is_empty()
    }

    /// An instrument's row of the table of indicators.
    pub fn instrument(&self, instrument: Instrument, facts: &InstrumentFacts) -> String {
        let words = &self.wording.indicators;
        let weight = facts.weight.map(|weight| self.digits.title(&weight.to_string()));
        let weight = weight.map(|weight| fill(&words.weight, &[("weight", &weight)]));
        fill(&words.instrument, &[("instrument", instrument.name())]) + &weight.unwrap_or_default()
    }

    /// A question's title: the file's own wording where it has one; nothing for one that the framework does not have. One that
    /// asks for what is bad stands behind the topic's title, so that a high score beside it does not read as if it were bad.
    pub fn title(&self, code: QuestionCode) -> Option<Cow<'a, str>> {
        let of_file = self.report.submission.answers.get(&code).and_then(|answer| answer.title.as_deref());
        let question = self.framework.questions.get(&code);
        let Some(own) = of_file else { return question.map(|question| Cow::Borrowed(question.title.as_str())) };
        let topic = question.and_then(|question| Topics::built_in().topic(question.topic.as_deref()?));
        Some(match topic.filter(|topic| topic.is_put_adversely(own)) {
            Some(topic) => fill(&self.wording.adverse_title, &[("topic", &topic.title), ("title", own)]).into(),
            None => own.into(),
        })
    }

    /// The heading of an issue of part 1.
    pub fn issue(&self, number: u8, title: &str) -> String {
        let number = self.digits.number(&number.to_string());
        fill(&self.wording.analysis.issue, &[("number", &number), ("title", title)])
    }

    /// The heading of an issue of part 2.
    pub fn plan_issue(&self, number: u8, title: &str) -> String {
        let number = self.digits.number(&number.to_string());
        fill(&self.wording.plan.issue, &[("number", &number), ("title", title)])
    }

    /// What a row of the analysis is about; nothing for what the framework does not have.
    pub fn subject(&self, row: &AnalysisRow) -> Option<String> {
        if let Some(OfficerRow { question: Some(question), .. }) = &row.officer {
            return Some(question.clone());
        }
        match row.subject {
            Subject::Added(_) => Some(String::new()),
            // The head of the column says that these are questions.
            Subject::Question(code) => Some(format!("{code} {}", self.title(code)?)),
            Subject::Indicator(number) => {
                let indicator = self.framework.indicators.iter().find(|indicator| indicator.number == number)?;
                let number = self.digits.number(&number.to_string());
                let values = [("number", number.as_str()), ("title", indicator.title.as_str())];
                Some(fill(&self.wording.analysis.indicator, &values))
            }
        }
    }

    /// What a row of the analysis says.
    pub fn row<'r>(&'r self, row: &'r AnalysisRow) -> RowText<'r> {
        if let Some(OfficerRow { text: Some(text), .. }) = &row.officer {
            return RowText { finding: text, lead_in: "", recommendations: &[] };
        }
        let is_oit = self.instrument_of(row.subject) == Some(Instrument::Oit);
        let lead_in = match (row.recommendations.as_slice(), is_oit) {
            ([], _) => "",
            ([_], true) => &self.plan.lead_in_oit_one,
            ([_], false) => &self.plan.lead_in_one,
            (_, true) => &self.plan.lead_in_oit,
            (_, false) => &self.plan.lead_in,
        };
        RowText { finding: &row.finding, lead_in, recommendations: &row.recommendations }
    }

    /// The instrument that a subject belongs to.
    fn instrument_of(&self, subject: Subject) -> Option<Instrument> {
        match subject {
            Subject::Question(code) => Some(code.instrument()),
            Subject::Indicator(number) => {
                let mut indicators = self.framework.indicators.iter();
                indicators.find(|indicator| indicator.number == number).map(|indicator| indicator.instrument)
            }
            Subject::Added(_) => None,
        }
    }

    /// What is said below an instrument's rows: codes of questions keep their digits.
    pub fn note(&self, note: &str) -> String {
        note.split_inclusive([' ', ',']).fold(String::new(), |mut all, word| {
            let is_code = word.starts_with(['i', 'e', 'o']);
            all.push_str(&if is_code { word.to_owned() } else { self.digits.number(word) });
            all
        })
    }

    /// A score in a table of questions.
    pub fn score(&self, score: Decimal) -> String {
        self.digits.number(&two_decimals(score))
    }

    /// Which results a measure answers, with their scores; nothing where it answers none.
    pub fn answers(&self, planned: &PlannedMeasure) -> Option<String> {
        let names = planned.answers.iter().map(|(subject, score)| {
            let score = fill(&self.wording.plan.score, &[("score", &self.score(*score))]);
            format!("{} {score}", self.answered(*subject))
        });
        let names = names.collect::<Vec<_>>().join(" ");
        (!names.is_empty()).then(|| format!("{}{names}", self.wording.plan.answers))
    }

    /// What a measure answers, by its name.
    pub fn answered(&self, subject: Subject) -> String {
        let words = &self.wording.plan;
        match subject {
            Subject::Question(code) => fill(&words.question, &[("code", &code.to_string())]),
            Subject::Indicator(number) => {
                fill(&words.indicator, &[("number", &self.digits.number(&number.to_string()))])
            }
            Subject::Added(_) => String::new(),
        }
    }

    /// What comes out of a measure.
    pub fn output(&self, planned: &PlannedMeasure) -> String {
        fill(&self.wording.plan.output, &[("output", &planned.output)])
    }

    /// How a measure's success is measured.
    pub fn success(&self, planned: &PlannedMeasure) -> String {
        fill(&self.wording.plan.success, &[("success", &planned.success)])
    }

    /// The texts of a measure, column by column.
    pub fn items(&self, planned: &PlannedMeasure) -> MeasureItems {
        if let Some(items) = &planned.items {
            return items.clone();
        }
        let mut lines = vec![Item::new(TITLE, planned.title.as_str())];
        lines.extend(self.answers(planned).map(|answers| Item::new(ANSWERS, answers)));
        lines.push(Item::new(OUTPUT, self.output(planned)));
        lines.push(Item::new(SUCCESS, self.success(planned)));
        let steps = planned.steps.iter().zip(planned.step_keys());
        let steps = steps.map(|(step, key)| Item::new(key, step.text.as_str())).collect();
        let units = (1..).zip(planned.unit.split('\n')).map(|(number, unit)| Item::new(number.to_string(), unit));
        MeasureItems { number: None, lines, steps, units: units.collect() }
    }

    /// A step with its number, from 1.
    pub fn step(&self, number: usize, step: &Item) -> String {
        if !step.numbered || step.text.is_empty() {
            return step.text.clone();
        }
        format!("{}. {}", self.digits.number(&number.to_string()), step.text)
    }

    /// What stands below an instrument's rows.
    pub fn note_of(&self, text: &InstrumentText) -> Option<String> {
        let note = text.note.as_ref()?;
        Some(if text.officers_note { note.clone() } else { self.note(note) })
    }

    /// The lines to sign on, left and right.
    pub fn signatures(&self) -> Vec<[String; 2]> {
        if let Some(signatures) = &self.plan.signatures {
            return signatures.clone();
        }
        let dots = ".".repeat(DOTS);
        let line = |[left, right]: &[String; 2]| [left, right].map(|text| fill(text, &[("dots", &dots)]));
        self.wording.plan.signatures.iter().map(line).collect()
    }
}
