//! The external survey in two parts: what visitors answered themselves, and what a survey asked them.

use super::column::Candidate;
use crate::thai;

/// Words of headers over what visitors answered themselves.
const PUBLIC: [&str; 5] = ["public", "ส่วนที่1", "ส่วนที่หนึ่ง", "ตอบด้วยตนเอง", "ผู้รับบริการ"];
/// Words of headers over what the survey found.
const SURVEY: [&str; 4] = ["survey", "ส่วนที่2", "ส่วนที่สอง", "สำรวจ"];

/// The columns of the two parts, where there is one of each and no more.
pub(super) fn columns(candidates: &[Candidate]) -> Option<(u32, u32)> {
    let of = |words: &[&str]| {
        let has = |candidate: &&Candidate| {
            let key = candidate.header.as_deref().map(thai::key).unwrap_or_default();
            words.iter().any(|word| key.contains(word))
        };
        let mut own = candidates.iter().filter(has);
        own.next().filter(|_| own.next().is_none()).map(|candidate| candidate.column)
    };
    of(&PUBLIC).zip(of(&SURVEY)).filter(|(public, survey)| public != survey)
}
