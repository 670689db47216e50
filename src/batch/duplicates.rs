//! Two inputs for one agency and year: both are converted, the first counts, and each names the other.

use std::collections::HashMap;

use super::outcome::Record;
use crate::overview::AgencyResult;

/// Where an agency stands: the record and its number in it.
type At = (usize, usize);

/// Marks the agencies that stand more than once, and settles the outcomes.
pub(super) fn mark(records: &mut [Record]) {
    let mut first_of: HashMap<(String, u16), Vec<At>> = HashMap::new();
    let mut pairs: Vec<(At, At)> = Vec::new();
    for (number, record) in records.iter().enumerate() {
        for (index, agency) in record.agencies.iter().enumerate() {
            let Some(result) = &agency.result else { continue };
            let Some(name) = &result.agency else { continue };
            let own = first_of.entry((name.clone(), result.year)).or_default();
            let same = own.iter().find(|at| result_at(records, **at).is_some_and(|other| may_be_one(result, other)));
            match same {
                Some(first) => pairs.push((*first, (number, index))),
                None => own.push((number, index)),
            }
        }
    }
    for agency in records.iter_mut().flat_map(|record| &mut record.agencies) {
        (agency.duplicate_of, agency.duplicated_by) = (None, None);
    }
    for (first, second) in pairs {
        let name = |at: At| records.get(at.0).map(|record| record.input.clone());
        let (first_name, second_name) = (name(first), name(second));
        let mut set = |at: At, change: &mut dyn FnMut(&mut super::Agency)| {
            if let Some(agency) = records.get_mut(at.0).and_then(|record| record.agencies.get_mut(at.1)) {
                change(agency);
            }
        };
        set(first, &mut |agency| agency.duplicated_by = agency.duplicated_by.take().or_else(|| second_name.clone()));
        set(second, &mut |agency| agency.duplicate_of.clone_from(&first_name));
    }
    records.iter_mut().for_each(Record::settle);
}

fn result_at(records: &[Record], at: At) -> Option<&AgencyResult> {
    records.get(at.0)?.agencies.get(at.1)?.result.as_ref()
}

/// Agencies of one name in two provinces or districts are two.
fn may_be_one(a: &AgencyResult, b: &AgencyResult) -> bool {
    let agree = |a: &Option<String>, b: &Option<String>| a.is_none() || b.is_none() || a == b;
    agree(&a.province, &b.province) && agree(&a.district, &b.district)
}
