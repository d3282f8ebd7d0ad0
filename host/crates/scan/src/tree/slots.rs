//! Finding a text's atom. It knows the texts' hashes only; the texts themselves stay in the tree.

use std::hash::Hasher;

use rustc_hash::FxHasher;

use super::Atom;

/// The hash of `text` that [`Slots`] go by.
pub(super) fn hash(text: &str) -> u32 {
    let mut hasher = FxHasher::default();
    hasher.write(text.as_bytes());
    hasher.finish() as u32
}

/// An open-addressing table from text to atom that keeps the texts where they are, in the tree. An entry is
/// `hash << 32 | atom`; 0 is free, because atom 0 is the empty text, which never enters.
#[derive(Clone, Debug, Default)]
pub(super) struct Slots {
    entries: Vec<u64>,
    used: usize,
}

impl Slots {
    /// A table that holds `texts` texts before it grows.
    pub(super) fn for_texts(texts: usize) -> Self {
        Self {
            entries: vec![0; (texts * 2).next_power_of_two().max(64)],
            used: 0,
        }
    }

    /// The atom with this hash for which `same` holds, or the slot where it belongs.
    #[inline]
    pub(super) fn find(&self, hash: u32, same: impl Fn(Atom) -> bool) -> Result<Atom, usize> {
        let Some(mask) = self.entries.len().checked_sub(1) else {
            return Err(0);
        };
        let mut slot = hash as usize & mask;
        loop {
            let entry = self.entries[slot];
            if entry == 0 {
                return Err(slot);
            }
            if (entry >> 32) as u32 == hash && same(Atom(entry as u32)) {
                return Ok(Atom(entry as u32));
            }
            slot = (slot + 1) & mask;
        }
    }

    /// Bytes held by the table.
    pub(super) fn heap_size(&self) -> usize {
        self.entries.capacity() * size_of::<u64>()
    }

    /// Fills `slot`, which [`Slots::find`] named.
    pub(super) fn insert(&mut self, slot: usize, hash: u32, atom: Atom) {
        self.entries[slot] = u64::from(hash) << 32 | u64::from(atom.0);
        self.used += 1;
        if self.used * 2 > self.entries.len() {
            self.grow();
        }
    }

    #[cold]
    fn grow(&mut self) {
        let old = std::mem::take(&mut self.entries);
        self.entries = vec![0; old.len() * 2];
        for entry in old.into_iter().filter(|entry| *entry != 0) {
            let hash = (entry >> 32) as u32;
            if let Err(slot) = self.find(hash, |_| false) {
                self.entries[slot] = entry;
            }
        }
    }
}
