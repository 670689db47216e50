//! Which unit of an agency carries a measure out: by role, and by the kind of agency that its name shows.

use std::sync::OnceLock;

use indexmap::IndexMap;
use serde::Deserialize;

use crate::domain::embedded;
use crate::domain::embedded::embedded;

/// Roles and kinds of agencies.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Units {
    #[serde(rename = "role")]
    roles: Vec<Role>,
    #[serde(rename = "kind")]
    kinds: Vec<Kind>,
}

/// Who could carry a measure out, whatever the unit is called.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Role {
    id: String,
    name: String,
    /// What the role does, in Thai, for who names units in a settings file.
    explain: String,
}

/// A kind of agency and what its units are called.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    /// Its stable name.
    pub id: String,
    /// Its name in Thai.
    pub name: String,
    /// What it calls its units in running text.
    pub division: String,
    /// Whether it is local government, which has a council and a political side.
    #[serde(default)]
    pub local: bool,
    /// What the names of such agencies begin with.
    pub starts_with: Vec<String>,
    /// What the names of such agencies have anywhere. The last kind has neither and takes the rest.
    #[serde(default)]
    pub contains: Vec<String>,
    /// The unit for each role.
    pub units: IndexMap<String, String>,
}

impl Units {
    /// The built-in roles and kinds.
    pub fn built_in() -> &'static Self {
        static UNITS: OnceLock<Units> = OnceLock::new();
        // A test holds that the file is complete.
        UNITS.get_or_init(|| embedded::read(embedded!("advice/roles")))
    }

    /// The kind that an agency's name shows; the last kind where it shows none.
    pub fn kind(&self, agency: Option<&str>) -> Option<&Kind> {
        let is_of = |kind: &Kind, name: &str| {
            kind.starts_with.iter().any(|head| name.starts_with(head))
                || kind.contains.iter().any(|word| name.contains(word.as_str()))
        };
        let found = self.kinds.iter().find(|kind| agency.is_some_and(|name| is_of(kind, name)));
        found.or_else(|| self.kinds.last())
    }

    /// Every name of a unit, of any kind of agency.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let of_kinds = self.kinds.iter().flat_map(|kind| kind.units.values());
        self.roles.iter().map(|role| &role.name).chain(of_kinds).map(String::as_str)
    }

    /// Whether there is such a role.
    pub fn has_role(&self, id: &str) -> bool {
        self.roles.iter().any(|role| role.id == id)
    }

    /// The unit of an agency that has a role.
    pub fn unit<'a>(&'a self, agency: Option<&str>, role: &'a str) -> &'a str {
        let of_kind = self.kind(agency).and_then(|kind| kind.units.get(role));
        of_kind
            .or_else(|| self.roles.iter().find(|entry| entry.id == role).map(|entry| &entry.name))
            .map_or(role, String::as_str)
    }

    /// What an agency calls its units in running text.
    pub fn division(&self, agency: Option<&str>) -> &str {
        self.kind(agency).map_or("", |kind| &kind.division)
    }

    /// Whether an agency is local government; none whose name is not known is taken for one.
    pub fn is_local(&self, agency: Option<&str>) -> bool {
        self.kind(agency).is_some_and(|kind| kind.local)
    }

    /// What a role does, in Thai.
    pub fn explanation(&self, role: &str) -> Option<&str> {
        self.roles.iter().find(|entry| entry.id == role).map(|entry| entry.explain.as_str())
    }

    /// The roles, in order.
    pub fn roles(&self) -> impl Iterator<Item = &str> {
        self.roles.iter().map(|role| role.id.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_agency_has_a_unit_for_every_role() {
        let units: Units = toml::from_str(include_str!("roles.toml")).expect("roles.toml");
        for kind in &units.kinds {
            for role in &units.roles {
                assert!(kind.units.get(&role.id).is_some_and(|unit| !unit.is_empty()), "{} {}", kind.id, role.id);
            }
            assert_eq!(kind.units.len(), units.roles.len(), "{}", kind.id);
        }
        assert!(units.kinds.last().is_some_and(|kind| kind.starts_with.is_empty()));
    }

    #[test]
    fn only_local_government_has_a_council_and_a_political_side() {
        let units = Units::built_in();
        let local = [
            "เทศบาลตำบลโคกม่วง",
            "เทศบาลเมืองคลองแห",
            "เทศบาลนครสงขลา",
            "องค์การบริหารส่วนตำบลกุดปลาดุก",
            "อบต.กุดปลาดุก",
            "องค์การบริหารส่วนจังหวัดสงขลา",
            "เมืองพัทยา",
            "กรุงเทพมหานคร",
        ];
        let others = [
            "จังหวัดสงขลา",
            "สำนักงานจังหวัดสงขลา",
            "สำนักงานเขตบางรัก",
            "กรมที่ดิน",
            "กระทรวงคมนาคม",
            "มหาวิทยาลัยพะเยา",
            "โรงเรียนตัวอย่าง",
            "การไฟฟ้านครหลวง",
            "สถาบันพัฒนาองค์กรชุมชน (องค์การมหาชน)",
            "สำนักงานผู้ตรวจการแผ่นดิน",
            "ชื่อที่ไม่รู้จัก",
        ];
        for name in local {
            assert!(units.is_local(Some(name)), "{name}");
        }
        for name in others {
            assert!(!units.is_local(Some(name)), "{name}");
        }
        assert!(!units.is_local(None));
    }

    #[test]
    fn the_kind_is_seen_from_the_name() {
        let units = Units::built_in();
        let kind = |name: &str| units.kind(Some(name)).map(|kind| kind.name.as_str());
        assert_ne!(kind("เทศบาลตำบลโคกม่วง"), kind("มหาวิทยาลัยพะเยา"));
        assert_ne!(kind("องค์การบริหารส่วนตำบลกุดปลาดุก"), kind("องค์การบริหารส่วนจังหวัดสงขลา"));
        assert_eq!(kind("ชื่อที่ไม่รู้จัก"), units.kind(None).map(|kind| kind.name.as_str()));
    }
}
