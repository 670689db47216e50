//! Which recommendations are printed, and the step of a measure that carries each of them out.

use indexmap::IndexMap;

use crate::advice::{Action, Units};
use crate::assess::{IssueResult, Status};
use crate::domain::figure::round2;
use crate::framework::{Instrument, Issue, QuestionCode, code_list};
use crate::plan::choice::{Chosen, REMAINING};
use crate::plan::spoken::{Spoken, Texts};
use crate::plan::{AnalysisRow, InstrumentText, IssuePlan, PlannedMeasure, Planner, Step, Subject};

/// The most recommendations of a question, and of an instrument within an issue.
const MOST_OF_SUBJECT: usize = 2;
const MOST_OF_INSTRUMENT: usize = 6;

/// The most steps of a yearly duty between its first and its last.
const MOST_OF_DUTY: usize = 2;

/// The most characters of a measure with its steps: so it lies on half a page.
const MOST_LETTERS: usize = 450;

/// A recommendation and its step.
#[derive(Clone, Copy)]
struct Pair<'a> {
    recommend: &'a str,
    step: &'a str,
    urgent: bool,
}

/// A measure while it is put together.
struct Draft<'a> {
    chosen: Chosen<'a>,
    title: &'a str,
    /// What stands in place of [`QUESTIONS`].
    names: String,
    /// Its first step, where something falls short.
    begin: Option<&'a str>,
    /// The steps between the first and the last, with what each is about.
    carried: Vec<(Subject, Step)>,
}

impl Draft<'_> {
    /// The characters of the title, of the steps that cannot be left out and of those that carry something out.
    fn letters(&self) -> usize {
        let count = |text: &str| text.chars().count();
        let fixed = match self.chosen.urgent {
            Some((_, urgent)) => urgent.steps.iter().skip(1).map(|step| count(step)).sum(),
            None => count(&self.chosen.measure.end) + self.begin.map_or(0, count),
        };
        let carried: usize = self.carried.iter().map(|(_, step)| count(&step.text)).sum();
        count(&self.title.replace(QUESTIONS, &self.names)) + fixed + carried
    }

    fn has_room(&self, step: &str) -> bool {
        self.letters() + step.chars().count() <= MOST_LETTERS
    }
}

/// Where a text says what its measure is about.
const QUESTIONS: &str = "{questions}";

impl<'a> Planner<'a> {
    /// What a measure is about, by codes and numbers.
    fn named(&self, about: &[Spoken<'_>]) -> String {
        let mut names = Vec::new();
        let codes = code_list(about.iter().filter_map(|one| match one.subject {
            Subject::Question(code) => Some(code),
            _ => None,
        }));
        names.extend((!codes.is_empty()).then(|| format!("ข้อ {codes}")));
        names.extend(about.iter().filter_map(|one| match one.subject {
            Subject::Indicator(number) => Some(format!("ตัวชี้วัดที่ {}", self.settings.digits.number(&number.to_string()))),
            _ => None,
        }));
        names.join(" และ")
    }

    /// The texts and measures of an issue.
    pub(super) fn issue(&self, result: &IssueResult) -> IssuePlan {
        let spoken = self.spoken(result);
        let Some(issue) = self.framework.issues.iter().find(|issue| issue.number == result.number) else {
            return IssuePlan { number: result.number, texts: Vec::new(), measures: Vec::new(), no_measures: None };
        };
        if result.mean.is_none() && spoken.is_empty() {
            let texts = self.texts(result, &IndexMap::new());
            let why = Some(self.advice.phrases.no_scores.clone());
            return IssuePlan { number: result.number, texts, measures: Vec::new(), no_measures: why };
        }
        let chosen = self.chosen(issue, result, &spoken);
        let mut drafts: Vec<Draft<'a>> = chosen.into_iter().map(|chosen| self.draft(chosen)).collect();
        let printed = self.carry(&mut drafts);
        self.renew(&mut drafts, result);
        self.fill(&mut drafts);
        let measures: Vec<PlannedMeasure> = drafts.into_iter().map(|draft| self.measure_of(draft)).collect();
        let no_measures = measures.is_empty().then(|| self.advice.phrases.no_measures.clone());
        IssuePlan { number: result.number, texts: self.texts(result, &printed), measures, no_measures }
    }

    fn draft(&self, chosen: Chosen<'a>) -> Draft<'a> {
        let falls_short = chosen.about.iter().any(|spoken| spoken.weak);
        let measure = chosen.measure;
        let title = match chosen.urgent {
            Some((_, urgent)) => &urgent.title,
            None if falls_short => &measure.title,
            None => measure.keep.as_ref().unwrap_or(&measure.title),
        };
        let names = self.named(&chosen.about);
        // What only builds on what is there needs no survey first.
        let begin = measure.begin.as_deref().filter(|_| falls_short && chosen.urgent.is_none());
        let draft = Draft { chosen, title, names, begin, carried: Vec::new() };
        // What is done about each thing comes before how it begins.
        let first = |one: &Spoken<'a>| self.pairs(one).into_iter().find(|pair| !pair.urgent);
        let steps = draft.chosen.about.iter().filter_map(first).map(|pair| pair.step.chars().count());
        let letters = draft.letters() + steps.sum::<usize>();
        if letters > MOST_LETTERS { Draft { begin: None, ..draft } } else { draft }
    }

    /// Gives every subject its recommendations, one each before a second, as far as they have room; returns what is printed.
    fn carry(&self, drafts: &mut [Draft<'a>]) -> IndexMap<Subject, (Spoken<'a>, Vec<String>)> {
        let mut subjects: Vec<Spoken<'a>> = Vec::new();
        for one in drafts.iter().flat_map(|draft| &draft.chosen.about) {
            if !subjects.iter().any(|known| known.subject == one.subject) {
                subjects.push(*one);
            }
        }
        let mut printed: IndexMap<Subject, (Spoken<'a>, Vec<String>)> =
            subjects.iter().map(|one| (one.subject, (*one, Vec::new()))).collect();
        let mut counts: IndexMap<Instrument, usize> = IndexMap::new();
        for round in 0..MOST_OF_SUBJECT {
            for one in &subjects {
                let full = round2(one.score) >= rust_decimal::Decimal::ONE_HUNDRED;
                let Some(pair) = self.pairs(one).into_iter().nth(round) else { continue };
                // What does not fall short gets one.
                if round > 0 && !one.weak {
                    continue;
                }
                let count = counts.entry(one.instrument).or_default();
                if *count >= MOST_OF_INSTRUMENT && !full {
                    continue;
                }
                let Some(draft) = Self::place(drafts, one, pair) else { continue };
                // A full score has a step to build on, and nothing that is found wrong.
                if full {
                    draft.carried.push((one.subject, Step { text: pair.step.to_owned(), carries: None }));
                    continue;
                }
                *count += 1;
                let recommend = pair.recommend.to_owned();
                let carries = Some((one.subject, recommend.clone()));
                draft.carried.push((one.subject, Step { text: pair.step.to_owned(), carries }));
                if let Some((_, list)) = printed.get_mut(&one.subject) {
                    list.push(recommend);
                }
            }
        }
        printed
    }

    /// Gives the yearly duties the ordinary steps of their items that do not fall short, as far as they have room.
    fn renew(&self, drafts: &mut [Draft<'a>], result: &IssueResult) {
        for draft in drafts.iter_mut().filter(|draft| draft.chosen.measure.duty) {
            for one in self.others(result) {
                let Texts::Topic(topic, _) = one.texts else { continue };
                let about = self.advice.measure_about(topic);
                let is_its = about.is_some_and(|measure| measure.id == draft.chosen.measure.id);
                let Some(pair) = self.pairs(&one).into_iter().next().filter(|_| is_its) else { continue };
                if draft.carried.len() < MOST_OF_DUTY && draft.has_room(pair.step) {
                    draft.carried.push((one.subject, Step { text: pair.step.to_owned(), carries: None }));
                }
            }
        }
    }

    /// Gives what a measure answers, where it found no room for a recommendation, the step that is done about it.
    fn fill(&self, drafts: &mut [Draft<'a>]) {
        for draft in drafts.iter_mut().filter(|draft| draft.chosen.urgent.is_none()) {
            for one in draft.chosen.about.clone() {
                if draft.carried.iter().any(|(subject, _)| *subject == one.subject) {
                    continue;
                }
                let pairs = self.pairs(&one);
                if let Some(pair) = pairs.iter().find(|pair| !pair.urgent && draft.has_room(pair.step)) {
                    draft.carried.push((one.subject, Step { text: pair.step.to_owned(), carries: None }));
                }
            }
        }
    }

    /// The measure that a step goes to: one about its subject, where it has room.
    fn place<'b>(drafts: &'b mut [Draft<'a>], one: &Spoken<'a>, pair: Pair<'_>) -> Option<&'b mut Draft<'a>> {
        let about = |draft: &&mut Draft<'a>| draft.chosen.is_about(one.subject);
        let mut its = drafts.iter_mut().filter(about);
        its.find(|draft| draft.chosen.urgent.is_some() == pair.urgent && draft.has_room(pair.step))
    }

    /// What is recommended about something, in order of preference.
    fn pairs(&self, one: &Spoken<'a>) -> Vec<Pair<'a>> {
        let texts = match one.texts {
            Texts::Topic(_, texts) => texts,
            Texts::Indicator(texts) => {
                return vec![Pair { recommend: &texts.recommend, step: &texts.step, urgent: false }];
            }
        };
        let Some(grade) = self.advice.grade(one.instrument, one.score) else { return Vec::new() };
        let urgent = texts.urgent.as_ref().filter(|_| grade.urgent && one.weak);
        let urgent = urgent
            .and_then(|urgent| Some(Pair { recommend: &urgent.recommend, step: urgent.steps.first()?, urgent: true }));
        let (name, first) = if one.weak { (&grade.weak, 1) } else { (&grade.passed, grade.first) };
        let named = || texts.actions.iter().filter(|action| &action.when == name);
        let lacking: Vec<&Action> =
            named().filter(|action| action.absent.as_deref().is_some_and(|topic| self.is_absent(topic))).collect();
        let usual = named().filter(|action| action.absent.is_none()).skip(first - 1);
        let actions: Vec<&Action> = if lacking.is_empty() { usual.collect() } else { lacking };
        let local = Units::built_in().is_local(self.settings.agency);
        let actions = actions.into_iter().map(|action| {
            let (recommend, step) = action.words(local);
            Pair { recommend, step, urgent: false }
        });
        urgent.into_iter().chain(actions).collect()
    }

    /// Whether the question about a topic has nothing at all.
    fn is_absent(&self, topic: &str) -> bool {
        let code = self.framework.code_about(topic);
        code.and_then(|code| self.assessment.score(code)).is_some_and(|score| score.is_zero())
    }

    /// The measure as it is printed: its first and last step around those that carry something out.
    fn measure_of(&self, draft: Draft<'a>) -> PlannedMeasure {
        let Draft { chosen, title, names, begin, carried } = draft;
        let measure = chosen.measure;
        // Codes of questions keep their digits.
        let text = |text: &str| self.words(text).replace(QUESTIONS, &names);
        let step = |own: &str| Step { text: text(own), carries: None };
        let carried = carried.into_iter().map(|(_, step)| Step {
            text: text(&step.text),
            carries: step.carries.map(|(subject, recommend)| (subject, text(&recommend))),
        });
        let (id, steps, roles, output, success) = match chosen.urgent {
            Some((topic, urgent)) => {
                let rest = urgent.steps.iter().skip(1).map(|own| step(own));
                let steps: Vec<Step> = carried.chain(rest).collect();
                (format!("urgent-{topic}"), steps, urgent.roles.clone(), &urgent.output, &urgent.success)
            }
            None => {
                let begin = begin.map(step);
                let steps = begin.into_iter().chain(carried).chain([step(&measure.end)]).collect();
                (measure.id.clone(), steps, self.roles(&chosen), &measure.output, &measure.success)
            }
        };
        // A duty that nothing calls for this year answers nothing.
        let mut answers: Vec<(Subject, rust_decimal::Decimal)> =
            chosen.about.iter().map(|spoken| (spoken.subject, spoken.score)).collect();
        answers.sort_by_key(|(subject, score)| (*score, *subject));
        PlannedMeasure {
            phase: chosen.phase,
            title: text(title),
            answers,
            unit: self.units(&roles),
            period: self.period(&chosen),
            output: text(output),
            success: text(success),
            duty: measure.duty && chosen.urgent.is_none(),
            id,
            steps,
            items: None,
            review: false,
        }
    }

    /// Who carries a measure out: what gathers others has their roles.
    fn roles(&self, chosen: &Chosen<'a>) -> Vec<String> {
        if chosen.measure.id != REMAINING {
            return chosen.measure.roles.clone();
        }
        let measures = chosen.about.iter().filter_map(|one| self.measure(one));
        measures.flat_map(|measure| measure.roles.iter().cloned()).collect()
    }

    /// The rows of an issue's instruments.
    fn texts(
        &self,
        result: &IssueResult,
        printed: &IndexMap<Subject, (Spoken<'a>, Vec<String>)>,
    ) -> Vec<InstrumentText> {
        let row = |subject: Subject| {
            let Some((spoken, recommendations)) = printed.get(&subject).filter(|(_, list)| !list.is_empty()) else {
                // What found no room for a recommendation still has its finding.
                let finding = printed.get(&subject).map(|(spoken, _)| self.finding(spoken)).unwrap_or_default();
                return AnalysisRow { subject, finding, recommendations: Vec::new(), officer: None };
            };
            let texts = recommendations.iter().map(|text| self.words(text));
            AnalysisRow { subject, finding: self.finding(spoken), recommendations: texts.collect(), officer: None }
        };
        let group = |(instrument, codes): &(Instrument, Vec<QuestionCode>)| {
            let of_instrument = printed.iter().filter(|(_, (spoken, _))| spoken.instrument == *instrument);
            let mut indicators: Vec<Subject> = of_instrument
                .map(|(subject, _)| *subject)
                .filter(|subject| matches!(subject, Subject::Indicator(_)))
                .collect();
            indicators.sort_unstable();
            let questions = codes.iter().map(|code| row(Subject::Question(*code)));
            let rows: Vec<AnalysisRow> = questions.chain(indicators.into_iter().map(row)).collect();
            let note = self.note(*instrument, codes, &rows, result.number);
            InstrumentText { instrument: *instrument, rows, note, officers_note: false }
        };
        result.groups.iter().map(group).collect()
    }

    fn finding(&self, one: &Spoken<'a>) -> String {
        let text = match one.texts {
            Texts::Indicator(texts) => Some(&texts.finding),
            Texts::Topic(_, texts) => {
                let grade = self.advice.grade(one.instrument, one.score);
                grade.and_then(|grade| texts.finding.get(&grade.id))
            }
        };
        text.map(|text| self.words(text)).unwrap_or_default()
    }

    /// What stands below the questions of an instrument: of those that need no text, and of those without a score.
    fn note(&self, instrument: Instrument, codes: &[QuestionCode], rows: &[AnalysisRow], issue: u8) -> Option<String> {
        let silent = |code: &QuestionCode| {
            let said = |row: &AnalysisRow| row.subject == Subject::Question(*code) && !row.finding.is_empty();
            !rows.iter().any(said)
        };
        let mut lines = Vec::new();
        let scored = |code: &&QuestionCode| self.assessment.status(**code) != Status::NoScore;
        let is_home = |code: &&QuestionCode| self.home(**code) == Some(issue);
        let has_texts = |code: &&QuestionCode| self.advice.is_about(self.framework, **code);
        if codes.iter().filter(scored).filter(is_home).filter(has_texts).any(silent) {
            let variants = self.advice.phrases.keep.get(&instrument);
            let has_it = |other: &&Issue| other.questions.iter().any(|code| code.instrument() == instrument);
            let earlier = self.framework.issues.iter().take_while(|other| other.number != issue).filter(has_it).count();
            let keep = variants.and_then(|variants| variants.turn(earlier));
            // Beside questions that something is said of it is about the others.
            let others = if rows.iter().any(|row| !row.finding.is_empty()) { "ข้ออื่น" } else { "" };
            lines.extend(keep.map(|keep| format!("{others}{keep}")));
        }
        for code in codes.iter().filter(|code| !is_home(code)) {
            if let Some(home) = self.home(*code) {
                lines.push(format!("ข้อ {code} แสดงไว้แล้วในประเด็นที่ {home}"));
            }
        }
        let without: Vec<QuestionCode> =
            codes.iter().filter(scored).filter(is_home).filter(|code| !has_texts(code)).copied().collect();
        if !without.is_empty() {
            lines.push(format!("ข้อ {} {}", code_list(without), self.advice.phrases.no_texts));
        }
        let unscored: Vec<QuestionCode> = codes.iter().filter(|code| !scored(code)).copied().collect();
        if !unscored.is_empty() {
            lines.push(format!("ข้อ {} ไม่มีคะแนนในไฟล์ต้นทาง จึงยังไม่ได้วิเคราะห์", code_list(unscored)));
        }
        (!lines.is_empty()).then(|| lines.join("\n"))
    }
}
