//! Provinces and districts beside each other.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::domain::figure::round2;
use crate::framework::Instrument;
use crate::overview::league::Standing;
use crate::overview::statistic::Statistic;

/// The agencies of a province or of a district.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceResult {
    /// The province, where it is known.
    pub province: Option<String>,
    /// The district, where it is known; nothing for a whole province.
    pub district: Option<String>,
    /// How many agencies there are.
    pub agencies: usize,
    /// Their totals.
    pub totals: Statistic,
    /// Their instruments' means, unrounded.
    pub instruments: BTreeMap<Instrument, Option<Decimal>>,
}

impl PlaceResult {
    /// Whether the place is known: its district, or its province where it is a whole one.
    pub fn is_named(&self) -> bool {
        self.district.is_some() || self.province.is_some()
    }
}

/// The places, the best mean first, then those without a total; equal ones by name. A district belongs to its province:
/// districts of one name in two provinces are two.
pub(super) fn places(standings: &[Standing<'_>], districts: bool, mark: Decimal) -> Vec<PlaceResult> {
    let mut groups: BTreeMap<(Option<&str>, Option<&str>), Vec<&Standing<'_>>> = BTreeMap::new();
    for standing in standings {
        let district = standing.result.district.as_deref().filter(|_| districts);
        groups.entry((standing.result.province.as_deref(), district)).or_default().push(standing);
    }
    let result = |((province, district), members): ((Option<&str>, Option<&str>), Vec<&Standing<'_>>)| {
        let scores =
            |instrument| members.iter().filter_map(move |member| member.result.instruments.get(instrument).copied());
        let means =
            Instrument::ALL.iter().map(|instrument| (*instrument, Statistic::new(scores(instrument), mark).mean));
        PlaceResult {
            province: province.map(str::to_owned),
            district: district.map(str::to_owned),
            agencies: members.len(),
            totals: Statistic::new(members.iter().filter_map(|member| member.total()), mark),
            instruments: means.collect(),
        }
    };
    let mut places: Vec<PlaceResult> = groups.into_iter().map(result).collect();
    places.sort_by_key(|place| (place.totals.mean.is_none(), place.totals.mean.map(round2).map(Reverse)));
    places
}
