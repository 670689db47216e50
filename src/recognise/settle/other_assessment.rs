//! Results of other assessments: told by codes of their own, or by titles where the codes are the same.

use std::collections::BTreeSet;

use crate::domain::place::place_list;
use crate::domain::thai;
use crate::error::Cause;
use crate::finding::{Finding, FindingCode, Place};
use crate::framework::OtherAssessment;
use crate::read::Sheet;
use crate::recognise::CodedSheet;

/// Titles are shorter than this, in bytes.
const LONGEST_TITLE: usize = 500;

/// The fewest different codes that make it an assessment's.
const FEWEST: usize = 3;

/// Codes of another assessment on these sheets, with the cells that they stand in.
fn codes(sheets: &[&Sheet]) -> Option<(&'static OtherAssessment, Vec<Place>)> {
    OtherAssessment::all().iter().find_map(|other| {
        let (prefix, last) = (other.prefix.as_deref()?, other.last?);
        let mut numbers: BTreeSet<u8> = BTreeSet::new();
        let mut places: Vec<Place> = Vec::new();
        for sheet in sheets {
            for cell in sheet.cells() {
                if let Some(number) =
                    number_behind(cell.value.text(), prefix).filter(|number| (1..=last).contains(number))
                {
                    numbers.insert(number);
                    places.push(sheet.place(cell.at));
                }
            }
        }
        (numbers.len() >= FEWEST).then_some((other, places))
    })
}

/// The number of a code such as `MOIT 1` or `ข้อ MOIT12`.
fn number_behind(text: &str, prefix: &str) -> Option<u8> {
    let text = text.trim_start();
    let text = text.strip_prefix("ข้อ").map_or(text, str::trim_start);
    let head = text.get(..prefix.len()).filter(|head| head.eq_ignore_ascii_case(prefix))?;
    let rest = text.get(head.len()..)?.trim_start_matches([' ', '-', '.', '_']);
    let digits = thai::arabic_digits(rest.get(..rest.find(|c: char| !c.is_numeric()).unwrap_or(rest.len()))?);
    digits.parse().ok()
}

/// The error for sheets without a question code: whose codes they are, if anyone's.
pub(in crate::recognise) fn error(sheets: &[&Sheet]) -> Option<Cause> {
    let (assessment, places) = codes(sheets)?;
    Some(Cause::OtherAssessment { assessment, places: place_list(&places) })
}

/// Says where codes of another assessment stand beside those that are read.
pub(in crate::recognise) fn report_codes(sheets: &[CodedSheet<'_>], findings: &mut Vec<Finding>) {
    let sheets: Vec<&Sheet> = sheets.iter().map(|coded| coded.sheet).collect();
    if let Some((assessment, places)) = codes(&sheets) {
        let prefix = assessment.prefix.clone().unwrap_or_default();
        findings.push(Finding::new(FindingCode::CodeOfOtherAssessment, prefix).found(assessment).at(places));
    }
}

/// The assessment that a title names, and the cell where it does.
pub(in crate::recognise) fn titled(sheets: &[CodedSheet<'_>]) -> Option<(&'static OtherAssessment, Place)> {
    let titles = sheets.iter().flat_map(|coded| {
        let outside = |cell: &&crate::read::Cell| !coded.rows.contains(&cell.at.row);
        coded.sheet.cells().iter().filter(outside).map(|cell| (coded.sheet, cell))
    });
    titles.filter(|(_, cell)| cell.value.text().len() <= LONGEST_TITLE).find_map(|(sheet, cell)| {
        let text = cell.value.text();
        // All these titles speak of ITA in Latin letters.
        let latin = text.bytes().filter(u8::is_ascii_alphabetic).count() >= 3;
        let key = latin.then(|| thai::key(text))?;
        let other = OtherAssessment::all().iter().find(|other| other.words.iter().any(|word| key.contains(word)))?;
        Some((other, sheet.place(cell.at)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_other_assessments_have_their_own_letters() {
        assert_eq!(number_behind("MOIT 12", "MOIT"), Some(12));
        assert_eq!(number_behind("ข้อ moit๒", "MOIT"), Some(2));
        assert_eq!(number_behind("EB-7 รายงาน", "EB"), Some(7));
        for text in ["MOIT", "e9", "EBITDA 3", "webs 3", ""] {
            assert_eq!(number_behind(text, "EB"), None, "{text}");
        }
    }
}
