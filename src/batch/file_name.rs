//! File names made of what is known about an agency: safe on every system, and never the same for two workbooks.

use std::collections::{HashMap, HashSet};
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::write::DOCUMENT_ENDING;

/// What a template says unless the user gives another.
pub const DEFAULT_NAME: &str = "{agency}-{year}";

/// The extension of every workbook.
const EXTENSION: &str = ".xlsx";

/// Room for the extension and a clash's number, such as ` (9999)`.
const RESERVED: usize = EXTENSION.len() + 7;

/// The most characters of a name without what is reserved: paths on Windows end at 260.
const MOST_CHARS: usize = 120 - RESERVED;

/// The most bytes of it: names on Linux end at 255.
const MOST_BYTES: usize = 240 - RESERVED;

/// TakenNames that Windows keeps for devices, with any extension.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];

/// A name with fields in braces, such as `{agency}-{year}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct NameTemplate {
    text: String,
    pieces: Vec<NamePart>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum NamePart {
    Text(String),
    Field(Field),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Agency,
    District,
    Province,
    Year,
    Input,
}

/// What the fields stand for.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// The agency's name; the input's where it is not known.
    pub agency: Option<&'a str>,
    /// Its district; nothing where it is not known.
    pub district: Option<&'a str>,
    /// Its province, likewise.
    pub province: Option<&'a str>,
    /// Fiscal year, Buddhist era.
    pub year: u16,
    /// The input's file name without its extension.
    pub input: &'a str,
}

impl NameTemplate {
    /// The name without extension: safe, and short enough for an extension and a clash's number.
    pub fn stem(&self, facts: Facts<'_>) -> String {
        let whole = safe(&self.fill(facts, usize::MAX));
        if fits(&whole) {
            return whole;
        }
        // What is long is a field, and what stands behind it (the year) should stay.
        let shorter = (1..MOST_CHARS).rev().map(|most| safe(&self.fill(facts, most))).find(|name| fits(name));
        shorter.unwrap_or_else(|| cut(&whole, MOST_BYTES / 4).to_owned())
    }

    fn fill(&self, facts: Facts<'_>, most: usize) -> String {
        let text = |piece: &NamePart| match piece {
            NamePart::Text(text) => text.clone(),
            NamePart::Field(Field::Agency) => cut(facts.agency.unwrap_or(facts.input), most).to_owned(),
            NamePart::Field(Field::District) => cut(facts.district.unwrap_or_default(), most).to_owned(),
            NamePart::Field(Field::Province) => cut(facts.province.unwrap_or_default(), most).to_owned(),
            NamePart::Field(Field::Year) => facts.year.to_string(),
            NamePart::Field(Field::Input) => cut(facts.input, most).to_owned(),
        };
        self.pieces.iter().map(text).collect()
    }
}

impl FromStr for NameTemplate {
    type Err = String;

    fn from_str(template: &str) -> Result<Self, String> {
        let mut pieces = Vec::new();
        let mut rest = template;
        while let Some((text, behind)) = rest.split_once('{') {
            let (name, behind) = behind.split_once('}').ok_or("a { is not closed by }")?;
            let field = match name {
                "agency" => Field::Agency,
                "district" => Field::District,
                "province" => Field::Province,
                "year" => Field::Year,
                "input" => Field::Input,
                other => {
                    let known = "{agency}, {district}, {province}, {year} and {input}";
                    return Err(format!("there is no field {{{other}}}; there are {known}"));
                }
            };
            pieces.extend([NamePart::Text(text.to_owned()), NamePart::Field(field)]);
            rest = behind;
        }
        pieces.push(NamePart::Text(rest.to_owned()));
        Ok(Self { text: template.to_owned(), pieces })
    }
}

impl TryFrom<String> for NameTemplate {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<NameTemplate> for String {
    fn from(template: NameTemplate) -> Self {
        template.text
    }
}

/// A text as the name of one file in a folder, on any system: no separators, no reserved name, nothing invisible.
fn safe(text: &str) -> String {
    let mut name = String::with_capacity(text.len());
    for c in text.nfc() {
        match c {
            '\\' | '/' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => name.push('-'),
            // in a link to the workbook it begins a place inside
            '#' => name.push('-'),
            // marks that change the direction of writing or cannot be seen
            '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{00AD}' => {}
            c if c.is_whitespace() || c.is_control() => {
                if !name.ends_with(' ') {
                    name.push(' ');
                }
            }
            c => name.push(c),
        }
    }
    // A leading dot hides a file, a leading `~` marks a lock file; Windows drops dots and spaces at the end.
    let name = name.trim_start_matches([' ', '.', '~', '-']).trim_end_matches([' ', '.']);
    if name.is_empty() {
        return "itasheet".to_owned();
    }
    if is_device(name) { format!("_{name}") } else { name.to_owned() }
}

fn is_device(name: &str) -> bool {
    let base = name.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    let numbered = |prefix: &str| {
        let mut rest = base.strip_prefix(prefix).unwrap_or_default().chars();
        matches!((rest.next(), rest.next()), (Some('0'..='9' | '¹' | '²' | '³'), None))
    };
    DEVICES.contains(&base.as_str()) || numbered("com") || numbered("lpt")
}

fn fits(name: &str) -> bool {
    name.len() <= MOST_BYTES && name.chars().count() <= MOST_CHARS
}

/// The first `most` characters, without a letter that would lose its vowel or tone mark.
fn cut(text: &str, most: usize) -> &str {
    let Some((end, next)) = text.char_indices().nth(most) else { return text };
    let kept = text.get(..end).unwrap_or_default();
    if !is_combining_mark(next) {
        return kept;
    }
    let base = kept.char_indices().rev().find(|(_, c)| !is_combining_mark(*c));
    base.and_then(|(start, _)| kept.get(..start)).unwrap_or_default()
}

/// The names that are given out in a folder: no two differ by case or by Unicode form alone.
#[derive(Debug, Default)]
pub struct TakenNames {
    taken: HashSet<String>,
    /// TakenNames that an input had before, in the order of its agencies.
    before: HashMap<String, Vec<String>>,
    owner: HashMap<String, String>,
    next: HashMap<String, usize>,
}

impl TakenNames {
    /// Keeps a name from being given out.
    pub fn reserve(&mut self, name: &str) {
        self.taken.insert(key(name));
    }

    /// Keeps for an input the names that it had: a new neighbour does not move the numbers of clashes.
    pub fn keep_for(&mut self, input: &str, names: impl IntoIterator<Item = String>) {
        for name in names {
            if self.owner.insert(key(&name), input.to_owned()).is_none() {
                self.before.entry(input.to_owned()).or_default().push(name);
            }
        }
    }

    /// The file name for a workbook that should be called `stem`; where that is taken it gets a number.
    pub fn give(&mut self, input: &str, stem: &str) -> String {
        let name = self.had(input, stem).unwrap_or_else(|| self.free(input, stem));
        self.taken.insert(key(&name));
        name
    }

    fn had(&self, input: &str, stem: &str) -> Option<String> {
        let names = self.before.get(input)?.iter();
        names.filter(|name| is_numbered(name, stem)).find(|name| !self.taken.contains(&key(name))).cloned()
    }

    fn free(&mut self, input: &str, stem: &str) -> String {
        let next = self.next.entry(key(stem)).or_insert(1);
        loop {
            let name = if *next == 1 { format!("{stem}{EXTENSION}") } else { format!("{stem} ({next}){EXTENSION}") };
            *next += 1;
            let key = key(&name);
            if !self.taken.contains(&key) && self.owner.get(&key).is_none_or(|owner| owner == input) {
                return name;
            }
        }
    }
}

/// The name of the Word document beside a workbook: no two workbooks have one name, so no two documents have.
pub(in crate::batch) fn document_name(workbook: &str) -> String {
    format!("{}.{DOCUMENT_ENDING}", workbook.strip_suffix(EXTENSION).unwrap_or(workbook))
}

/// What two names that are one file on some system have in common.
fn key(name: &str) -> String {
    name.nfc().flat_map(char::to_lowercase).collect()
}

/// Whether `name` is `stem` with the extension, or with a number before it.
fn is_numbered(name: &str, stem: &str) -> bool {
    let Some(rest) = name.strip_suffix(EXTENSION).and_then(|name| name.strip_prefix(stem)) else { return false };
    let number = rest.strip_prefix(" (").and_then(|rest| rest.strip_suffix(')'));
    rest.is_empty() || number.is_some_and(|number| number.parse::<usize>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(agency: &str) -> String {
        let template: NameTemplate = DEFAULT_NAME.parse().unwrap();
        template.stem(Facts { agency: Some(agency), district: None, province: None, year: 2567, input: "x" })
    }

    #[test]
    fn a_name_is_safe_on_windows_and_stays_in_its_folder() {
        assert_eq!(named("อบต./เมือง: \"ก\"?"), "อบต.-เมือง- -ก---2567");
        assert_eq!(named("../../etc/passwd"), "etc-passwd-2567");
        assert_eq!(named("a\u{202E}b\u{0}c"), "ab c-2567");
        for device in ["CON", "nul", "Com1", "LPT¹", "aux.txt", "con .x"] {
            assert!(safe(device).starts_with('_'), "{device}");
        }
        assert_eq!(safe("CONSOLE"), "CONSOLE");
        assert_eq!(safe("name. . "), "name");
        assert_eq!(safe("..."), "itasheet");
        assert_eq!(safe("1/2 #3?"), "1-2 -3-");
        assert_eq!(safe("e\u{301}"), "\u{e9}");
    }

    #[test]
    fn a_long_name_keeps_its_year_and_its_marks() {
        for letter in ["ก", "กี่", "x", "𝒳"] {
            let name = named(&letter.repeat(300));
            assert!(name.ends_with("-2567"), "{name}");
            assert!(fits(&name) && name.len() + EXTENSION.len() <= 240, "{name}");
            let agency = name.strip_suffix("-2567").unwrap();
            assert!(agency.ends_with(letter), "{agency}");
        }
    }

    #[test]
    fn a_field_that_there_is_not_is_named() {
        let wrong: Result<NameTemplate, String> = "{agency}-{town}".parse();
        assert!(wrong.unwrap_err().contains("{town}"));
        let open: Result<NameTemplate, String> = "{agency".parse();
        assert!(open.is_err());
    }

    #[test]
    fn clashes_are_numbered_without_regard_to_case() {
        let mut names = TakenNames::default();
        assert_eq!(names.give("a", "X"), "X.xlsx");
        assert_eq!(names.give("b", "x"), "x (2).xlsx");
        assert_eq!(names.give("c", "X"), "X (3).xlsx");
    }

    #[test]
    fn an_input_keeps_the_number_that_it_had() {
        let mut names = TakenNames::default();
        names.keep_for("b", ["X.xlsx".to_owned()]);
        names.keep_for("c", ["X (2).xlsx".to_owned()]);
        assert_eq!(names.give("a", "X"), "X (3).xlsx");
        assert_eq!(names.give("b", "X"), "X.xlsx");
        assert_eq!(names.give("c", "X"), "X (2).xlsx");
        assert_eq!(names.give("c", "Y"), "Y.xlsx");
    }
}
