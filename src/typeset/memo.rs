//! What was found out about texts met before: a bounded memory that many threads share.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Threads that ask for different runs rarely meet in one of so many shards.
const SHARDS: usize = 16;

/// Texts in one generation of a shard. Two generations and 16 shards: 4,096 texts.
const GENERATION: usize = 128;

/// A longer text, in bytes, is no prose: remembering it would cost more memory than it saves time.
const LONGEST: usize = 2048;

type Texts<T> = HashMap<Box<str>, Arc<[T]>>;

/// One part of the memory: when `young` is full it becomes `old`, and what was `old` is forgotten.
#[derive(Debug)]
struct Shard<T> {
    young: Texts<T>,
    old: Texts<T>,
}

impl<T> Default for Shard<T> {
    fn default() -> Self {
        Self { young: Texts::new(), old: Texts::new() }
    }
}

impl<T> Shard<T> {
    fn insert(&mut self, text: Box<str>, facts: Arc<[T]>) {
        if self.young.len() >= GENERATION {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(text, facts);
    }
}

/// What is remembered of the latest few thousand texts.
#[derive(Debug)]
pub(crate) struct Memo<T> {
    hasher: RandomState,
    shards: [Mutex<Shard<T>>; SHARDS],
}

impl<T> Default for Memo<T> {
    fn default() -> Self {
        Self { hasher: RandomState::new(), shards: Default::default() }
    }
}

impl<T> Memo<T> {
    /// What is remembered of `text`.
    pub(crate) fn get(&self, text: &str) -> Option<Arc<[T]>> {
        let mut shard = self.shard(text)?;
        if let Some(facts) = shard.young.get(text) {
            return Some(Arc::clone(facts));
        }
        // still in use: keep it for another generation
        let (text, facts) = shard.old.remove_entry(text)?;
        shard.insert(text, Arc::clone(&facts));
        Some(facts)
    }

    /// Remembers this of `text`.
    pub(crate) fn insert(&self, text: &str, facts: Arc<[T]>) {
        if text.len() > LONGEST {
            return;
        }
        if let Some(mut shard) = self.shard(text) {
            shard.insert(text.into(), facts);
        }
    }

    fn shard(&self, text: &str) -> Option<MutexGuard<'_, Shard<T>>> {
        let index = self.hasher.hash_one(text) as usize % SHARDS;
        // a thread that panicked left whole entries or none, so a poisoned shard is still right
        self.shards.get(index).map(|shard| shard.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offsets(n: usize) -> Arc<[u32]> {
        Arc::new([n as u32])
    }

    #[test]
    fn the_memory_is_bounded_and_keeps_what_is_used() {
        let memo = Memo::default();
        memo.insert("used", offsets(7));
        for n in 0..20_000 {
            memo.insert(&format!("run {n}"), offsets(n));
            assert_eq!(memo.get("used"), Some(offsets(7)));
        }
        assert!(memo.get("run 0").is_none());
        let kept = memo.shards.iter().map(|shard| {
            let shard = shard.lock().unwrap();
            shard.young.len() + shard.old.len()
        });
        assert!(kept.sum::<usize>() <= 2 * GENERATION * SHARDS);
    }

    #[test]
    fn a_huge_run_is_not_kept() {
        let memo = Memo::default();
        let run = "ก".repeat(LONGEST);
        memo.insert(&run, offsets(1));
        assert!(memo.get(&run).is_none());
    }
}
