//! Whose scores a part of a book holds, and how names of agencies are compared.

use crate::recognise::words::words;
use std::collections::BTreeSet;

use crate::domain::identity::kind;
pub(in crate::recognise) use crate::domain::identity::name_key;
use crate::domain::thai;
use crate::read::{Cell, Sheet};
use crate::recognise::sheet::code_cells::SheetCodes;
use crate::recognise::sheet::keys;
use crate::recognise::sheet::keys::Key;
use crate::recognise::sheet::title_block;
use crate::recognise::submission::{Given, Submission};
use crate::recognise::vocabulary::Wording;

/// What a table says of one of its agencies.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::recognise) struct Owner {
    pub agency: Option<Given<String>>,
    pub district: Option<Given<String>>,
    pub province: Option<Given<String>>,
    pub year: Option<Given<u16>>,
}

impl Owner {
    /// What stands around the table of a sheet, or in the sheet's own name.
    pub fn of_sheet(sheet: &Sheet, codes: &SheetCodes) -> Self {
        Self::around(sheet, &keys::keys(sheet, codes))
    }

    /// As [`Owner::of_sheet`], where its keys are known.
    pub fn around(sheet: &Sheet, keys: &[Key]) -> Self {
        let mut facts = Submission::default();
        let rows: BTreeSet<u32> = keys.iter().map(|key| key.at.row).collect();
        title_block::read(sheet, |row| rows.contains(&row), &mut facts);
        let of_tab = || {
            let first = sheet.cells().first()?;
            names_agency(&sheet.name).then(|| Given::in_cell(thai::clean(&sheet.name), sheet.place(first.at)))
        };
        Self {
            agency: facts.agency.or_else(of_tab),
            district: facts.district,
            province: facts.province,
            year: facts.year,
        }
    }

    /// What tells one agency from another: its name and where it is.
    pub fn key(&self) -> [String; 3] {
        let text =
            |given: &Option<Given<String>>| given.as_ref().map(|known| name_key(&known.value)).unwrap_or_default();
        [text(&self.agency), text(&self.district), text(&self.province)]
    }

    /// Whether both are one agency in one year.
    pub fn is_same(&self, other: &Self) -> bool {
        let year = |owner: &Self| owner.year.as_ref().map(|given| given.value);
        self.agency.is_some() && self.key() == other.key() && year(self) == year(other)
    }

    /// Puts what is known here before what the sheets say around their tables.
    pub fn prevail(&self, submission: &mut Submission) {
        let known = self.clone();
        submission.year = known.year.or(submission.year.take());
        submission.agency = known.agency.or(submission.agency.take());
        submission.district = known.district.or(submission.district.take());
        submission.province = known.province.or(submission.province.take());
    }
}

/// Whether a text reads like an agency's name.
pub(in crate::recognise) fn names_agency(text: &str) -> bool {
    title_block::begins_like_a_name(&thai::clean(text))
}

/// Whether a row or a column with this label sums agencies up instead of being one.
pub(in crate::recognise) fn is_summary(text: &str) -> bool {
    let wording = Wording::new(text);
    let key = wording.key();
    // A kind of agencies without a name is all of them.
    words().summaries.iter().any(|word| wording.begins_with("คะแนน", word))
        || words().summary_ends.iter().any(|word| key.ends_with(word))
        || words().groups_of_agencies.iter().any(|word| key.starts_with(word))
        || words().kinds_of_agencies.contains(&key)
        || kind(text).is_some()
}

/// A name in a table behind its kind, where its row has the kind in a cell of its own: `เทศบาลตำบล` beside `โคกม่วง`.
pub(in crate::recognise) fn behind_kind(name: String, row: &[Cell]) -> String {
    let mut kinds = row.iter().filter_map(|cell| kind(cell.value.text()));
    match kinds.next().filter(|first| !names_agency(&name) && kinds.all(|other| other == *first)) {
        Some(kind) => format!("{kind}{name}"),
        None => name,
    }
}

/// Whether a name is that of somebody who answered, or a time at which somebody did.
pub(in crate::recognise) fn is_respondent(name: &str) -> bool {
    let key = thai::key(name);
    let digits = key.bytes().filter(u8::is_ascii_digit).count();
    let is_time = digits * 2 > key.len() && key.contains([':', '/']);
    is_time || words().respondents.iter().any(|word| key.starts_with(word))
}

/// Whether a name is that of a district and nothing else.
pub(in crate::recognise) fn is_district(name: &str) -> bool {
    let key = thai::key(name);
    key.starts_with("อำเภอ") || key.starts_with("อ.")
}

/// Whether a row with this name is the whole of an agency whose divisions have rows of their own.
pub(in crate::recognise) fn is_whole(name: &str) -> bool {
    let key = thai::key(name);
    words().whole_agencies.iter().any(|word| key.starts_with(word))
}

/// Whether a name is that of a time of the year or of a division, neither of which is an agency.
pub(in crate::recognise) fn is_part(name: &str) -> bool {
    let key = thai::key(name);
    let numbered =
        |word: &&str| key.strip_prefix(*word).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    words().parts_of_agencies.iter().any(|word| key.starts_with(word)) || words().rounds.iter().any(numbered)
}
