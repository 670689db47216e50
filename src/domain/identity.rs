//! Who an agency is: its name and place in one spelling, and when two results are one agency's.

use std::collections::HashMap;
use std::sync::OnceLock;

use serde::Deserialize;

use crate::domain::embedded::{self, embedded};
use crate::domain::thai;

/// A kind of agencies in `abbreviations.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kind {
    name: String,
    spellings: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kinds {
    #[serde(rename = "kind")]
    kinds: Vec<Kind>,
}

fn kinds() -> &'static [Kind] {
    static KINDS: OnceLock<Kinds> = OnceLock::new();
    &KINDS.get_or_init(|| embedded::read(embedded!("domain/abbreviations"))).kinds
}

/// An agency's name as it is compared: without spaces and quotes, in lower case, abbreviations written out.
pub fn name_key(name: &str) -> String {
    let key: String = thai::key(name).chars().filter(|c| !"\"'“”‘’()*".contains(*c)).collect();
    let spelt = kinds().iter().find_map(|kind| {
        let rest = kind.spellings.iter().find_map(|spelling| key.strip_prefix(spelling.as_str()))?;
        Some(format!("{}{rest}", kind.name))
    });
    spelt.unwrap_or(key)
}

/// The kind of agencies that a text names and nothing else, written out: `ทต.` is `เทศบาลตำบล`.
pub(crate) fn kind(text: &str) -> Option<&'static str> {
    let key = thai::key(text);
    let is_kind = |kind: &&Kind| key == kind.name || kind.spellings.contains(&key);
    kinds().iter().find(is_kind).map(|kind| kind.name.as_str())
}

/// The name of a place as it is compared, without the word for its kind.
fn place_key(name: Option<&str>, words: &[&str]) -> String {
    let key = thai::key(name.unwrap_or_default());
    let bare = words.iter().find_map(|word| key.strip_prefix(word)).filter(|bare| !bare.is_empty());
    let bare = bare.unwrap_or(&key);
    if bare == "กทม." { "กรุงเทพมหานคร".to_owned() } else { bare.to_owned() }
}

/// Who an agency is: the only way in which two results are told to be one agency's.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Identity {
    name: String,
    district: String,
    province: String,
}

impl Identity {
    /// The identity of an agency with a name; its district and province where they are known.
    pub fn new(agency: Option<&str>, district: Option<&str>, province: Option<&str>) -> Option<Self> {
        let name = name_key(agency?);
        let province = place_key(province, &["จังหวัด", "จ."]);
        let mut district = place_key(district, &["อำเภอ", "อ.", "เขต"]);
        // The district of a province's seat is called เมือง for short.
        if !province.is_empty() && district.strip_prefix("เมือง") == Some(province.as_str()) {
            district = "เมือง".to_owned();
        }
        (!name.is_empty()).then_some(Self { name, district, province })
    }

    /// The name in one spelling.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether both may be one agency: one name, and no place that contradicts. Where only one of them names its place
    /// that will do; namesakes are told by their places.
    pub fn may_be(&self, other: &Self) -> bool {
        let agree = |a: &str, b: &str| a.is_empty() || b.is_empty() || a == b;
        self.name == other.name && agree(&self.district, &other.district) && agree(&self.province, &other.province)
    }
}

/// Things of agencies, found by who they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Register<T> {
    by_name: HashMap<String, Vec<(Identity, T)>>,
}

impl<T> Default for Register<T> {
    fn default() -> Self {
        Self { by_name: HashMap::new() }
    }
}

impl<T> Register<T> {
    /// Whether nothing was put down.
    pub fn is_empty(&self) -> bool {
        self.by_name.is_empty()
    }

    /// All things, in the order of who they belong to.
    pub fn all(&self) -> Vec<&(Identity, T)> {
        let mut all: Vec<&(Identity, T)> = self.by_name.values().flatten().collect();
        all.sort_by(|a, b| a.0.cmp(&b.0));
        all
    }

    /// Puts a thing of an agency down.
    pub fn insert(&mut self, identity: Identity, thing: T) {
        self.by_name.entry(identity.name.clone()).or_default().push((identity, thing));
    }

    /// The thing of an agency: that of the very same identity, else the only one that may be its.
    pub fn find(&self, identity: &Identity) -> Option<&T> {
        let of_name = self.by_name.get(&identity.name)?;
        if let Some((_, same)) = of_name.iter().find(|(known, _)| known == identity) {
            return Some(same);
        }
        let mut others = of_name.iter().filter(|(known, _)| known.may_be(identity));
        others.next().filter(|_| others.next().is_none()).map(|(_, only)| only)
    }

    /// The first thing that may be an agency's.
    pub fn first(&self, identity: &Identity) -> Option<&T> {
        self.by_name.get(&identity.name)?.iter().find(|(known, _)| known.may_be(identity)).map(|(_, thing)| thing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn identity(agency: &str, district: &str, province: &str) -> Identity {
        let given = |text: &'static str| (!text.is_empty()).then_some(text);
        let leak = |text: &str| given(Box::leak(text.to_owned().into_boxed_str()));
        Identity::new(Some(agency), leak(district), leak(province)).expect("a name")
    }

    #[test]
    fn one_agency_has_one_spelling() {
        for (a, b) in [
            ("ทต.โคกม่วง", "เทศบาลตำบล โคกม่วง"),
            ("ทต. โคกม่วง", "สำนักงานเทศบาลตำบลโคกม่วง"),
            ("อบต.ดอนแก้ว", "องค์การบริหารส่วนตำบลดอนแก้ว"),
            ("อบตดอนแก้ว", "ที่ทำการองค์การบริหารส่วนตำบลดอนแก้ว"),
            ("อบจ.ลำปาง", "องค์การบริหารส่วนจังหวัดลำปาง"),
            ("ทม.๑๒", "เทศบาลเมือง 12"),
            ("ทน.\u{201C}ก\u{201D}", "เทศบาลนครก"),
        ] {
            assert_eq!(name_key(a), name_key(b), "{a} {b}");
        }
        assert_ne!(name_key("ทต.โคกม่วง"), name_key("ทม.โคกม่วง"));
        assert!(Identity::new(Some(" "), None, None).is_none() && Identity::new(None, None, Some("ลำปาง")).is_none());
    }

    #[test]
    fn namesakes_are_told_by_their_places() {
        let (lampang, songkhla) = (identity("ทต.ก", "", "ลำปาง"), identity("เทศบาลตำบลก", "", "จังหวัดสงขลา"));
        assert!(!lampang.may_be(&songkhla) && lampang.may_be(&identity("ทต.ก", "เมือง", "")));
        assert_eq!(identity("ก", "อำเภอเมืองลำปาง", "จ.ลำปาง"), identity("ก", "เมือง", "ลำปาง"));
        let mut register = Register::default();
        register.insert(lampang.clone(), 1);
        register.insert(songkhla.clone(), 2);
        assert_eq!((register.find(&lampang), register.find(&songkhla)), (Some(&1), Some(&2)));
        // Without a place it could be either.
        let nowhere = identity("ทต.ก", "", "");
        assert_eq!((register.find(&nowhere), register.first(&nowhere)), (None, Some(&1)));
    }
}
