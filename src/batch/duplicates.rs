//! Two inputs for one agency and year: both are converted, the first counts, and each names the other.

use std::collections::HashMap;

use crate::batch::record::{Agency, Record};
use crate::domain::identity::{Identity, Register};
use crate::overview::AgencyResult;

/// Where an agency stands: the record and its number in it.
type At = (usize, usize);

/// Marks the agencies that stand more than once, and settles the outcomes.
pub(in crate::batch) fn mark(records: &mut [Record]) {
    let mut met: HashMap<u16, Register<At>> = HashMap::new();
    let mut pairs: Vec<(At, At)> = Vec::new();
    for (number, record) in records.iter().enumerate() {
        for (index, agency) in record.agencies.iter().enumerate() {
            let Some(AgencyResult { agency, year, district, province, .. }) = agency.result() else { continue };
            let identity = Identity::new(agency.as_deref(), district.as_deref(), province.as_deref());
            let Some(identity) = identity else { continue };
            let of_year = met.entry(year).or_default();
            match of_year.first(&identity) {
                Some(first) => pairs.push((*first, (number, index))),
                None => of_year.insert(identity, (number, index)),
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
