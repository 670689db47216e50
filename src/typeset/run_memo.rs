//! Break positions of runs met before: a bounded memory that many threads share.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Threads that ask for different runs rarely meet in one of so many shards.
const SHARDS: usize = 16;

/// Runs in one generation of a shard. Two generations and 16 shards: 4,096 runs.
const GENERATION: usize = 128;

/// A longer run, in bytes, is no prose: remembering it would cost more memory than it saves time.
const LONGEST: usize = 4096;

type Runs = HashMap<Box<str>, Arc<[u32]>>;

/// One part of the memory: when `young` is full it becomes `old`, and what was `old` is forgotten.
#[derive(Debug, Default)]
struct Shard {
    young: Runs,
    old: Runs,
}

impl Shard {
    fn insert(&mut self, run: Box<str>, offsets: Arc<[u32]>) {
        if self.young.len() >= GENERATION {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(run, offsets);
    }
}

/// The break offsets of the latest few thousand runs.
#[derive(Debug, Default)]
pub(crate) struct RunMemo {
    hasher: RandomState,
    shards: [Mutex<Shard>; SHARDS],
}

impl RunMemo {
    /// The offsets remembered for `run`.
    pub(crate) fn get(&self, run: &str) -> Option<Arc<[u32]>> {
        let mut shard = self.shard(run)?;
        if let Some(offsets) = shard.young.get(run) {
            return Some(Arc::clone(offsets));
        }
        // still in use: keep it for another generation
        let (run, offsets) = shard.old.remove_entry(run)?;
        shard.insert(run, Arc::clone(&offsets));
        Some(offsets)
    }

    /// Remembers the offsets of `run`.
    pub(crate) fn insert(&self, run: &str, offsets: Arc<[u32]>) {
        if run.len() > LONGEST {
            return;
        }
        if let Some(mut shard) = self.shard(run) {
            shard.insert(run.into(), offsets);
        }
    }

    fn shard(&self, run: &str) -> Option<MutexGuard<'_, Shard>> {
        let index = self.hasher.hash_one(run) as usize % SHARDS;
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
        let memo = RunMemo::default();
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
        let memo = RunMemo::default();
        let run = "ก".repeat(LONGEST);
        memo.insert(&run, offsets(1));
        assert!(memo.get(&run).is_none());
    }
}
