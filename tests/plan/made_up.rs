//! Results of agencies that there are not, and the plans for them.

use std::sync::Arc;

use indexmap::IndexMap;
use itasheet::advice::Advice;
use itasheet::assess::{Assessment, assess};
use itasheet::framework::{Framework, Instrument, QuestionCode};
use itasheet::plan::{ActionPlan, Amount, Settings, plan};
use itasheet::read::CellRef;
use itasheet::recognise::{Answer, Given, Origin, Submission};
use itasheet::{Decimal, Digits, Place};

pub fn framework() -> &'static Arc<Framework> {
    Framework::built_in(2567).unwrap()
}

fn place() -> Place {
    Place { sheet: "x".into(), cell: CellRef::new(0, 0) }
}

/// A result with this score for each question, in hundredths; nothing where there is none.
pub fn submission(score: impl Fn(QuestionCode) -> Option<u32>) -> Submission {
    let mut submission = Submission::default();
    for code in framework().questions.keys() {
        let answer = Answer {
            score: score(*code).map(|hundredths| Decimal::new(i64::from(hundredths), 2)),
            raw: String::new(),
            parts: None,
            title: None,
            code_place: place(),
            score_place: None,
            repeats: Vec::new(),
        };
        submission.answers.insert(*code, answer);
    }
    submission
}

/// The same with published indicators.
pub fn with_indicators(mut submission: Submission, indicators: &[(u8, u32)]) -> Submission {
    for (number, hundredths) in indicators {
        let given = Given { value: Decimal::new(i64::from(*hundredths), 2), origin: Origin::Cell(place()) };
        submission.published.indicators.insert(*number, given);
    }
    submission
}

/// The assessment of a result, and its plan.
pub fn planned(submission: &Submission, amount: Amount) -> (Assessment, ActionPlan) {
    planned_for("เทศบาลตำบลตัวอย่าง", submission, amount)
}

/// The same of an agency of this name.
pub fn planned_for(agency: &str, submission: &Submission, amount: Amount) -> (Assessment, ActionPlan) {
    let assessment = assess(submission, framework(), framework().threshold);
    let units = IndexMap::new();
    let settings = Settings { agency: Some(agency), units: &units, digits: Digits::Report, amount };
    let plan = plan(&assessment, Advice::built_in(), settings);
    (assessment, plan)
}

/// The agencies that every page is looked at for, by name.
pub fn six() -> Vec<(&'static str, Submission)> {
    let code = |text: &str| text.parse::<QuestionCode>().unwrap();
    let all = |hundredths: u32| submission(move |_| Some(hundredths));
    let strong = |code: QuestionCode| if code.instrument() == Instrument::Oit { 10000 } else { 9300 };
    let (i1, e9) = (code("i1"), code("e9"));
    let bribery = [code("i3"), code("i5"), code("i8"), code("i9"), code("e3")];
    let two_weak = submission(move |code| Some(if code == i1 || code == e9 { 7800 } else { strong(code) }));
    let indicators = submission(move |code| Some(if code.instrument() == Instrument::Eit { 9200 } else { 9800 }));
    let indicators = with_indicators(indicators, &[(6, 7800), (7, 8050), (8, 7000)]);
    let bribed = submission(move |code| Some(if bribery.contains(&code) { 9100 } else { 9800 }));
    let poor = submission(|code| Some(if code.instrument() == Instrument::Oit { 0 } else { 6000 }));
    vec![
        ("all 100", all(10000)),
        ("mean 93, two weak", two_weak),
        ("weak indicators only", indicators),
        ("bribery 91", bribed),
        ("60, OIT 0", poor),
        ("all 0", all(0)),
    ]
}
