//! What the analysis says of one instrument in one issue.

use rust_decimal::Decimal;

use crate::advice::Advice;
use crate::assess::{Assessment, IssueResult, Status, lowest_first};
use crate::domain::digits::Digits;
use crate::domain::figure::two_decimals;
use crate::framework::{Instrument, QuestionCode};
use crate::plan::dealt_with_before;
use crate::recognise::code_list;

/// The text of one finding cell: paragraphs, and the questions that they are about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InstrumentText {
    /// The paragraphs, in order.
    pub paragraphs: Vec<String>,
    /// The questions that the paragraphs speak of, lowest score first.
    pub about: Vec<QuestionCode>,
}

/// Composes the texts of one issue.
struct Composer<'a> {
    issue: &'a IssueResult,
    assessment: &'a Assessment,
    advice: &'a Advice,
    digits: Digits,
}

/// The texts of an issue's instruments, in the order of its groups.
pub(super) fn texts(
    issue: &IssueResult,
    assessment: &Assessment,
    advice: &Advice,
    digits: Digits,
) -> Vec<InstrumentText> {
    let composer = Composer { issue, assessment, advice, digits };
    issue.groups.iter().map(|(instrument, codes)| composer.text(*instrument, codes)).collect()
}

impl Composer<'_> {
    /// The weak questions, lowest first; else the lowest that is below 100, mildly; else that the standard be kept.
    fn text(&self, instrument: Instrument, codes: &[QuestionCode]) -> InstrumentText {
        let ranked = lowest_first(codes.iter().copied(), |code| self.assessment.score(code));
        let weak = |code: QuestionCode| self.assessment.status(code) == Status::Weak;
        let mut text = InstrumentText::default();
        if ranked.iter().any(|(code, _)| weak(*code)) {
            for (code, score) in ranked.iter().filter(|(code, _)| weak(*code)) {
                self.add(&mut text, *code, *score, true);
            }
        } else if let Some(&(code, score)) =
            ranked.first().filter(|(code, _)| self.assessment.status(*code) != Status::Full)
        {
            self.add(&mut text, code, score, false);
        } else if !ranked.is_empty() {
            text.paragraphs.extend(self.advice.maintain.get(&instrument).cloned());
        }
        let unscored: Vec<QuestionCode> =
            codes.iter().copied().filter(|code| self.assessment.score(*code).is_none()).collect();
        if !unscored.is_empty() {
            let list = code_list(unscored);
            text.paragraphs.push(format!("ข้อ {list} ไม่มีคะแนนในไฟล์ต้นทาง จึงยังไม่ได้วิเคราะห์"));
        }
        text
    }

    /// The finding and the recommendations for one question.
    fn add(&self, text: &mut InstrumentText, code: QuestionCode, score: Decimal, weak: bool) {
        text.about.push(code);
        let head = format!("ข้อ {code} ได้ {} คะแนน", self.digits.number(&two_decimals(score)));
        if let Some(home) = dealt_with_before(&self.assessment.framework, self.issue, code) {
            text.paragraphs.push(format!("{head} ข้อบกพร่องและข้อเสนอแนะแสดงไว้แล้วในประเด็นที่ {home}"));
            return;
        }
        let Some((finding, recommendations)) = self.advice.for_score(code, score, weak) else { return };
        text.paragraphs.push(format!("{head} {finding}"));
        text.paragraphs.extend(recommendations.into_iter().map(|recommendation| format!("- {recommendation}")));
    }
}
