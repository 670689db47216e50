//! Two inputs for one agency and year: both are converted, the first counts, and each names the other.

use std::collections::HashMap;

use crate::batch::record::{Agency, Record};
use crate::overview::AgencyResult;

/// Where an agency stands: the record and its number in it.
type At = (usize, usize);

/// An agency that has been met, by its district and province.
struct Met {
    at: At,
    district: Option<String>,
    province: Option<String>,
}

/// Marks the agencies that stand more than once, and settles the outcomes.
pub(in crate::batch) fn mark(records: &mut [Record]) {
    let mut met: HashMap<(String, u16), Vec<Met>> = HashMap::new();
    let mut pairs: Vec<(At, At)> = Vec::new();
    for (number, record) in records.iter().enumerate() {
        for (index, agency) in record.agencies.iter().enumerate() {
            let Some(AgencyResult { agency: Some(name), year, district, province, .. }) = agency.result() else {
                continue;
            };
            let place = Met { at: (number, index), district, province };
            let of_name = met.entry((name, year)).or_default();
            match of_name.iter().find(|other| other.may_be(&place)) {
                Some(first) => pairs.push((first.at, place.at)),
                None => of_name.push(place),
            }
        }
    }
    for agency in records.iter_mut().flat_map(|record| &mut record.agencies) {
        (agency.duplicate_of, agency.duplicated_by) = (None, None);
    }
    for (first, second) in pairs {
        let name = |at: At| records.get(at.0).map(|record| record.input.clone());
        let (first_name, second_name) = (name(first), name(second));
        if let Some(agency) = at_mut(records, first) {
            agency.duplicated_by = agency.duplicated_by.take().or(second_name);
        }
        if let Some(agency) = at_mut(records, second) {
            agency.duplicate_of = first_name;
        }
    }
    records.iter_mut().for_each(Record::settle);
}

fn at_mut(records: &mut [Record], at: At) -> Option<&mut Agency> {
    records.get_mut(at.0)?.agencies.get_mut(at.1)
}

impl Met {
    /// Agencies of one name in two provinces or districts are two.
    fn may_be(&self, other: &Self) -> bool {
        let agree = |a: &Option<String>, b: &Option<String>| a.is_none() || b.is_none() || a == b;
        agree(&self.province, &other.province) && agree(&self.district, &other.district)
    }
}
