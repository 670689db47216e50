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

/// The measure that gathers what is beyond the bounds of both phases: its title names it.
pub(super) const REMAINING: &str = "remaining";

/// Ordinary measures, the most pressing first, in their phases: of more than there is room for the last wait for the second
/// phase, but those whose documents are due before only where nothing else can wait.
fn phases<'a>(ordinary: Vec<Chosen<'a>>, room: usize) -> (Vec<Chosen<'a>>, Vec<Chosen<'a>>) {
    let cannot_wait = |chosen: &Chosen<'_>| chosen.urgent.is_some() || chosen.measure.dated;
    let due = ordinary.iter().filter(|chosen| cannot_wait(chosen)).count();
    let open = room.saturating_sub(due);
    let (mut first, mut second) = (Vec::new(), Vec::new());
    let (mut taken_due, mut taken_open) = (0, 0);
    for chosen in ordinary {
        let (taken, most) = if cannot_wait(&chosen) { (&mut taken_due, room) } else { (&mut taken_open, open) };
        let phase = if *taken < most { Phase::First } else { Phase::Second };
        *taken += 1;
        let phased = Chosen { phase, ..chosen };
        if phase == Phase::First { first.push(phased) } else { second.push(phased) }
    }
    (first, second)
}

impl<'a> Planner<'a> {
    /// The measures of an issue, first phase first.
    pub(super) fn chosen(&self, issue: &Issue, result: &IssueResult, spoken: &[Spoken<'a>]) -> Vec<Chosen<'a>> {
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
        let (mut chosen, mut second) = phases(ordinary, room);
        // What is beyond both phases is gathered in the last measure of the second.
        if second.len() > bounds.most
            && let Some(remaining) = self.advice.measure(REMAINING)
        {
            // An urgent one has steps of its own, which no other measure has.
            let (urgent, mut waiting): (Vec<_>, Vec<_>) = second.into_iter().partition(|one| one.urgent.is_some());
            let kept = bounds.most.saturating_sub(1).min(waiting.len());
            let gathered: Vec<Spoken<'a>> = waiting.drain(kept..).flat_map(|one| one.about).collect();
            second = urgent.into_iter().chain(waiting).collect();
            if !gathered.is_empty() {
                second.push(Chosen { phase: Phase::Second, ..Chosen::new(remaining, gathered) });
            }
        }
        chosen.extend(duties);
        chosen.extend(second);
        chosen
    }

    /// The measure that is about something.
    pub(super) fn measure(&self, spoken: &Spoken<'a>) -> Option<&'a Measure> {
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
