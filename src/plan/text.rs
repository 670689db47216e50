//! What the analysis says of one instrument in one issue.

use rust_decimal::Decimal;

use super::dealt_with_before;
use crate::advice::Advice;
use crate::assess::{Assessment, IssueResult, Status, lowest_first};
use crate::figure::two_decimals;
use crate::framework::{Instrument, QuestionCode};

/// The text of one finding cell: paragraphs, and the questions that they are about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InstrumentText {
    /// The paragraphs, in order.
    pub paragraphs: Vec<String>,
    /// The questions that the paragraphs speak of, lowest score first.
    pub about: Vec<QuestionCode>,
}

/// The texts of an issue's instruments, in the order of its groups.
pub(super) fn texts(issue: &IssueResult, assessment: &Assessment, advice: &Advice) -> Vec<InstrumentText> {
    issue.groups.iter().map(|(instrument, codes)| text(issue, *instrument, codes, assessment, advice)).collect()
}

/// The weak questions, lowest first; else the lowest that is below 100, mildly; else that the standard be kept.
fn text(
    issue: &IssueResult,
    instrument: Instrument,
    codes: &[QuestionCode],
    assessment: &Assessment,
    advice: &Advice,
) -> InstrumentText {
    let ranked = lowest_first(codes.iter().copied(), |code| assessment.score(code));
    let weak: Vec<(QuestionCode, Decimal)> =
        ranked.iter().filter(|(code, _)| assessment.status(*code) == Status::Weak).copied().collect();
    let mut text = InstrumentText::default();
    if !weak.is_empty() {
        for (code, score) in weak {
            text.add(issue, code, score, true, assessment, advice);
        }
    } else if let Some(&(code, score)) = ranked.first().filter(|(_, score)| *score < Decimal::ONE_HUNDRED) {
        text.add(issue, code, score, false, assessment, advice);
    } else if !ranked.is_empty() {
        text.paragraphs.extend(advice.maintain.get(&instrument).cloned());
    }
    let unscored: Vec<QuestionCode> = codes.iter().copied().filter(|code| assessment.score(*code).is_none()).collect();
    if !unscored.is_empty() {
        let list = crate::recognise::code_list(unscored);
        text.paragraphs.push(format!("ข้อ {list} ไม่มีคะแนนในไฟล์ต้นทาง จึงยังไม่ได้วิเคราะห์"));
    }
    text
}

impl InstrumentText {
    fn add(
        &mut self,
        issue: &IssueResult,
        code: QuestionCode,
        score: Decimal,
        weak: bool,
        assessment: &Assessment,
        advice: &Advice,
    ) {
        self.about.push(code);
        let head = format!("ข้อ {code} ได้ {} คะแนน", two_decimals(score));
        if let Some(home) = dealt_with_before(assessment.framework, issue, code) {
            self.paragraphs.push(format!("{head} ข้อบกพร่องและข้อเสนอแนะแสดงไว้แล้วในประเด็นที่ {home}"));
            return;
        }
        let Some((finding, recommendations)) = advice.for_score(code, score, weak) else { return };
        self.paragraphs.push(format!("{head} {finding}"));
        self.paragraphs.extend(recommendations.into_iter().map(|recommendation| format!("- {recommendation}")));
    }
}
