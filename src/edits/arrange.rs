//! The order of a list that the program has made anew and an officer has rearranged.

use std::collections::{HashMap, HashSet};

/// What stands at a place of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    /// A new entry of the program, and the officer's of the same key.
    New(usize, Option<usize>),
    /// An entry of the officer's that the program does not have, or not any more.
    Officer(usize),
}

/// A list put together.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Arranged {
    /// Its entries.
    pub slots: Vec<Slot>,
    /// The new entries that the officer has taken out.
    pub removed: Vec<usize>,
    /// Whether the officer has put the program's entries into another order.
    pub moved: bool,
}

/// Puts a list together: `base` are the keys that the program wrote, `edited` those that stand there now (nothing for what was
/// added), `new` those that the program has now. What the program has no more stays where `stays` says so of the officer's.
pub(super) fn arrange(
    base: &[String],
    edited: &[Option<String>],
    new: &[String],
    stays: impl Fn(usize) -> bool,
) -> Arranged {
    let there: HashSet<&str> = edited.iter().flatten().map(String::as_str).collect();
    let written: HashSet<&str> = base.iter().map(String::as_str).collect();
    let index_of: HashMap<&str, usize> = new.iter().enumerate().map(|(index, key)| (key.as_str(), index)).collect();
    let edited_at: HashMap<&str, usize> =
        edited.iter().enumerate().filter_map(|(index, key)| Some((key.as_deref()?, index))).collect();
    let is_removed = |key: &str| written.contains(key) && !there.contains(key);
    let before: Vec<&str> = base.iter().map(String::as_str).filter(|key| there.contains(key)).collect();
    let now: Vec<&str> = edited.iter().flatten().map(String::as_str).filter(|key| written.contains(key)).collect();
    let moved = before != now;
    let removed: Vec<usize> =
        new.iter().enumerate().filter(|(_, key)| is_removed(key)).map(|(index, _)| index).collect();
    let mut order: Vec<usize> = (0..new.len()).filter(|index| !removed.contains(index)).collect();
    if moved {
        let known: Vec<usize> = edited.iter().flatten().filter_map(|key| index_of.get(key.as_str()).copied()).collect();
        let fresh: Vec<usize> = order.iter().copied().filter(|index| !known.contains(index)).collect();
        order = known;
        for index in fresh {
            // Behind the nearest that stands before it in the program's order.
            let nearest = order.iter().rposition(|other| *other < index && order.contains(&index.saturating_sub(1)));
            let exact = index.checked_sub(1).and_then(|wanted| order.iter().position(|other| *other == wanted));
            let at = exact.or(nearest).map_or(if index == 0 { 0 } else { order.len() }, |at| at + 1);
            order.insert(at, index);
        }
    }
    let mut slots: Vec<Slot> = order
        .into_iter()
        .map(|index| Slot::New(index, new.get(index).and_then(|key| edited_at.get(key.as_str()).copied())))
        .collect();
    let mut behind = 0;
    for (at, key) in edited.iter().enumerate() {
        let place = slots.iter().position(|slot| matches!(slot, Slot::New(_, Some(other)) if *other == at));
        match (key, place) {
            (_, Some(place)) => behind = place + 1,
            (Some(key), None) if index_of.contains_key(key.as_str()) => {}
            (key, None) => {
                if key.is_none() || stays(at) {
                    slots.insert(behind, Slot::Officer(at));
                    behind += 1;
                }
            }
        }
    }
    Arranged { slots, removed, moved }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    /// Entries as they come to stand: a key of the program's, `+N` for the officer's at that place.
    fn arranged(base: &str, edited: &str, new: &str) -> String {
        let new = keys(new);
        let edited: Vec<Option<String>> =
            keys(edited).into_iter().map(|key| (!key.starts_with('+')).then_some(key)).collect();
        let slots = arrange(&keys(base), &edited, &new, |_| true).slots;
        let name = |slot: &Slot| match slot {
            Slot::New(index, _) => new[*index].clone(),
            Slot::Officer(at) => format!("+{at}"),
        };
        slots.iter().map(name).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_list_keeps_what_both_have_done_to_it() {
        for (base, edited, new, wanted) in [
            ("a b c", "a b c", "a b c", "a b c"),
            ("a b c", "a b c", "a c d", "a +1 c d"),
            ("a b c", "a c", "a b c", "a c"),
            ("a b c", "c a b", "a b c", "c a b"),
            ("a b c", "c a b", "a x b c", "c a x b"),
            ("a b c", "a + b c", "a b c", "a +1 b c"),
            ("a b", "+ + a b", "a b", "+0 +1 a b"),
            ("a b", "a b +", "x a b", "x a b +2"),
            ("", "a b", "a b c", "a b c"),
        ] {
            assert_eq!(arranged(base, edited, new), wanted, "{base} | {edited} | {new}");
        }
    }
}
