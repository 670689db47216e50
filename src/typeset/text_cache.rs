//! What was found out about texts met before: a bounded memory that threads share.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Texts in one of the two generations.
const GENERATION: usize = 2048;

/// A longer text, in bytes, is no prose: remembering it would cost more memory than it saves time.
const LONGEST: usize = 2048;

/// What is remembered of the latest few thousand texts.
#[derive(Debug)]
pub(crate) struct TextCache<V>(Mutex<Generations<V>>);

/// When `young` is full it becomes `old`, and what was `old` is forgotten.
#[derive(Debug)]
struct Generations<V> {
    young: HashMap<Box<str>, V>,
    old: HashMap<Box<str>, V>,
}

impl<V> Default for TextCache<V> {
    fn default() -> Self {
        Self(Mutex::new(Generations { young: HashMap::new(), old: HashMap::new() }))
    }
}

impl<V: Clone> TextCache<V> {
    /// What is remembered of `text`.
    pub(crate) fn get(&self, text: &str) -> Option<V> {
        self.with(|known| {
            if let Some(value) = known.young.get(text) {
                return Some(value.clone());
            }
            // still in use: keep it for another generation
            let (text, value) = known.old.remove_entry(text)?;
            known.insert(text, value.clone());
            Some(value)
        })
    }

    /// Remembers this of `text`.
    pub(crate) fn insert(&self, text: &str, value: V) {
        if text.len() <= LONGEST {
            self.with(|known| known.insert(text.into(), value));
        }
    }

    fn with<T>(&self, then: impl FnOnce(&mut Generations<V>) -> T) -> T {
        // a thread that panicked left whole entries or none, so a poisoned memory is still right
        then(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl<V> Generations<V> {
    fn insert(&mut self, text: Box<str>, value: V) {
        if self.young.len() >= GENERATION {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(text, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_memory_is_bounded_and_keeps_what_is_used() {
        let memo = TextCache::default();
        memo.insert("used", 7);
        for n in 0..20_000 {
            memo.insert(&format!("run {n}"), n);
            assert_eq!(memo.get("used"), Some(7));
        }
        assert!(memo.get("run 0").is_none());
        assert!(memo.with(|known| known.young.len() + known.old.len()) <= 2 * GENERATION);
    }

    #[test]
    fn a_huge_text_is_not_kept() {
        let memo = TextCache::default();
        let run = "ก".repeat(LONGEST);
        memo.insert(&run, 1);
        assert!(memo.get(&run).is_none());
    }
}
