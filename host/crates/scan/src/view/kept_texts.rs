//! Bytes of files that questions about the whole repository read: the next question reads the same ones.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Bytes kept of all files together. Of a repository that is larger, what is asked about first is kept.
const ROOM: usize = 32 << 20;

/// Texts by position of their entry.
#[derive(Debug, Default)]
pub(super) struct KeptTexts(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    by_entry: BTreeMap<usize, Arc<[u8]>>,
    size: usize,
}

impl KeptTexts {
    /// The bytes of the entry at a position: those that are kept, else what `read` gives, kept where there is room.
    ///
    /// # Errors
    /// Those of `read`.
    pub(super) fn get<E>(
        &self,
        at: usize,
        read: impl FnOnce() -> Result<Vec<u8>, E>,
    ) -> Result<Arc<[u8]>, E> {
        let kept = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = kept().by_entry.get(&at) {
            return Ok(known.clone());
        }
        let bytes: Arc<[u8]> = read()?.into();
        let mut kept = kept();
        if kept.size + bytes.len() <= ROOM && kept.by_entry.insert(at, bytes.clone()).is_none() {
            kept.size += bytes.len();
        }
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_once_while_there_is_room() {
        let kept = KeptTexts::default();
        let ask = |at: usize, size: usize| {
            let mut reads = 0;
            for _ in 0..2 {
                let bytes = kept.get(at, || {
                    reads += 1;
                    Ok::<_, ()>(vec![0; size])
                });
                assert_eq!(bytes.map(|bytes| bytes.len()), Ok(size));
            }
            reads
        };
        assert_eq!(ask(0, 10), 1);
        assert_eq!(ask(1, ROOM), 2, "no room");
        assert_eq!(ask(2, 10), 1);
        let refused = kept.get(3, || Err::<Vec<u8>, _>("gone"));
        assert_eq!(refused, Err("gone"));
    }
}
