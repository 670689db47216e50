//! Which measures an issue gets: one about each thing that is spoken of, its yearly duties, and what the lowest questions call
//! for where that is too little.

use crate::advice::{Measure, Urgent};
use crate::assess::IssueResult;
use crate::framework::Issue;
use crate::plan::spoken::{Spoken, Texts};
use crate::plan::{Phase, Planner, Subject};

/// A measure and what it is about.
pub(super) struct Chosen<'a> {
    pub measure: &'a Measure,
    /// The urgent text in place of the measure's own.
    pub urgent: Option<(&'a str, &'a Urgent)>,
    pub about: Vec<Spoken<'a>>,
    pub phase: Phase,
}

impl<'a> Chosen<'a> {
    fn new(measure: &'a Measure, about: Vec<Spoken<'a>>) -> Self {
        Self { measure, urgent: None, about, phase: Phase::First }
    }

    pub(super) fn is_about(&self, subject: Subject) -> bool {
        self.about.iter().any(|spoken| spoken.subject == subject)
    }

    /// Whether it is another measure than the one of this name, in its ordinary form.
    fn is(&self, id: &str) -> bool {
        self.urgent.is_none() && self.measure.id == id
    }
}

impl<'a> Planner<'a> {
    /// The measures of an issue, first phase first; and what is spoken of without a measure of its own, which joins another's.
    pub(super) fn chosen(
        &self,
        issue: &Issue,
        result: &IssueResult,
        spoken: &[Spoken<'a>],
    ) -> (Vec<Chosen<'a>>, Vec<Spoken<'a>>) {
        let bounds = self.settings.amount.bounds(issue, self.advice.bounds);
        let mut ordinary: Vec<Chosen<'a>> = Vec::new();
        for one in spoken {
            if let Some(urgent) = self.urgent(one) {
                ordinary.push(urgent);
            }
        }
        for one in spoken {
            let Some(measure) = self.measure(one) else { continue };
            match ordinary.iter_mut().find(|known| known.is(&measure.id)) {
                Some(known) => known.about.push(*one),
                None => ordinary.push(Chosen::new(measure, vec![*one])),
            }
        }
        // Duties are carried out in any case; what falls short of theirs is part of them.
        let (mut duties, mut ordinary): (Vec<_>, Vec<_>) =
            ordinary.into_iter().partition(|chosen| chosen.measure.duty && chosen.urgent.is_none());
        for measure in self.duties(result) {
            if !duties.iter().any(|known| known.is(&measure.id)) {
                duties.push(Chosen::new(measure, Vec::new()));
            }
        }
        // An issue whose duties fill it still builds on one question of its own.
        let least = bounds.least.saturating_sub(duties.len()).max(1);
        for one in self.others(result) {
            if ordinary.len() >= least {
                break;
            }
            let Some(measure) = self.measure(&one).filter(|measure| !measure.duty) else { continue };
            if !ordinary.iter().any(|known| known.is(&measure.id)) {
                ordinary.push(Chosen::new(measure, vec![one]));
            }
        }
        let room = bounds.most.saturating_sub(duties.len()).max(1);
        let mut chosen = Vec::new();
        let mut joining = Vec::new();
        for (index, mut one) in ordinary.into_iter().enumerate() {
            if index >= room.saturating_add(bounds.most) {
                joining.extend(one.about);
                continue;
            }
            one.phase = if index < room { Phase::First } else { Phase::Second };
            chosen.push(one);
        }
        chosen.extend(duties);
        chosen.sort_by_key(|one| one.phase);
        (chosen, joining)
    }

    /// The measure that is about something.
    fn measure(&self, spoken: &Spoken<'a>) -> Option<&'a Measure> {
        match spoken.texts {
            Texts::Topic(topic, _) => self.advice.measure_about(topic),
            Texts::Indicator(texts) => self.advice.measure(&texts.measure),
        }
    }

    /// What is done at once, where the grade calls for it.
    fn urgent(&self, spoken: &Spoken<'a>) -> Option<Chosen<'a>> {
        let Texts::Topic(topic, texts) = spoken.texts else { return None };
        let grade = self.advice.grade(spoken.instrument, spoken.score).filter(|grade| grade.urgent && spoken.weak)?;
        let urgent = texts.urgent.as_ref().filter(|_| grade.urgent)?;
        let measure = self.advice.measure_about(topic)?;
        Some(Chosen { urgent: Some((topic, urgent)), ..Chosen::new(measure, vec![*spoken]) })
    }

    /// The yearly duties that belong to an issue: those about one of its questions.
    fn duties(&self, issue: &IssueResult) -> Vec<&'a Measure> {
        let codes = || issue.groups.iter().flat_map(|(_, codes)| codes).copied();
        let is_here = |measure: &Measure| {
            codes().filter(|code| self.home(*code) == Some(issue.number)).any(|code| {
                let about = self.framework.topic(code).and_then(|topic| self.advice.measure_about(topic));
                about.is_some_and(|about| about.id == measure.id)
            })
        };
        self.advice.measures.iter().filter(|measure| measure.duty && is_here(measure)).collect()
    }
}
