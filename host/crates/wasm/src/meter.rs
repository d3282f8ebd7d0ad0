//! What an instance may take of memory, all its parts together, and all instances of a process.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use wasmtime::{ResourceLimiter, Result};

/// Elements of all tables of an instance. Python's interpreter has some 10 000.
const MOST_ELEMENTS: usize = 100_000;
/// Core instances, memories and tables of one plugin. Python's interpreter is made of several.
const MOST_INSTANCES: usize = 64;
const MOST_MEMORIES: usize = 8;
const MOST_TABLES: usize = 32;

/// The memory that all instances of an engine have together: threads times plugins times what one may have is more than a machine's.
#[derive(Debug)]
pub(crate) struct Pool {
    most: usize,
    taken: AtomicUsize,
}

impl Pool {
    /// A pool of so many bytes.
    pub(crate) fn new(most: usize) -> Self {
        Self {
            most,
            taken: AtomicUsize::new(0),
        }
    }

    /// Bytes that are taken.
    #[cfg(test)]
    pub(crate) fn taken(&self) -> usize {
        self.taken.load(Ordering::Relaxed)
    }

    /// Takes so many bytes, if they are there.
    fn take(&self, bytes: usize) -> bool {
        let more = |taken: usize| taken.checked_add(bytes).filter(|sum| *sum <= self.most);
        let taken = self
            .taken
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, more);
        taken.is_ok()
    }
}

/// Counts what an instance takes, and gives it back to the pool when it goes.
#[derive(Debug)]
pub(crate) struct Meter {
    /// What the process has for all instances.
    pool: Arc<Pool>,
    /// Bytes that all memories together may have.
    most_bytes: usize,
    bytes: usize,
    elements: usize,
    /// What was refused first, for the author.
    refused: Option<Refused>,
}

/// What an instance did not get.
#[derive(Debug)]
pub(crate) struct Refused {
    /// Why, for the author.
    pub(crate) why: String,
    /// Whether it is its own limit of memory, and no limit of all plugins.
    pub(crate) is_own: bool,
}

impl Meter {
    /// A meter that allows so many bytes of a pool.
    pub(crate) fn new(most_bytes: usize, pool: Arc<Pool>) -> Self {
        Self {
            pool,
            most_bytes,
            bytes: 0,
            elements: 0,
            refused: None,
        }
    }

    /// What was refused, and is not told yet.
    pub(crate) fn refused(&mut self) -> Option<Refused> {
        self.refused.take()
    }

    /// Whether something was refused that is not told yet.
    #[inline]
    pub(crate) fn has_refused(&self) -> bool {
        self.refused.is_some()
    }

    fn refuse(&mut self, why: String) -> bool {
        self.refused.get_or_insert(Refused { why, is_own: false });
        false
    }
}

impl Drop for Meter {
    fn drop(&mut self) {
        self.pool.taken.fetch_sub(self.bytes, Ordering::Relaxed);
    }
}

// What the engine then fails to get is counted until the instance goes: it says so of growth that was never asked for here, too.
impl ResourceLimiter for Meter {
    fn memory_growing(
        &mut self,
        current: usize,
        desired: usize,
        maximum: Option<usize>,
    ) -> Result<bool> {
        if maximum.is_some_and(|most| desired > most) {
            return Ok(false);
        }
        let more = desired.saturating_sub(current);
        let bytes = self.bytes.saturating_add(more);
        if bytes > self.most_bytes {
            let most = self.most_bytes >> 20;
            let why = format!("took more than its limit of {most} MiB of memory");
            self.refused.get_or_insert(Refused { why, is_own: true });
            return Ok(false);
        }
        if !self.pool.take(more) {
            let most = self.pool.most >> 20;
            return Ok(self.refuse(format!(
                "there is no memory left for it: all plugins of a run have {most} MiB together; fewer threads take less (`--jobs`)"
            )));
        }
        self.bytes = bytes;
        Ok(true)
    }

    fn table_growing(
        &mut self,
        current: usize,
        desired: usize,
        maximum: Option<usize>,
    ) -> Result<bool> {
        if maximum.is_some_and(|most| desired > most) {
            return Ok(false);
        }
        let elements = self
            .elements
            .saturating_add(desired.saturating_sub(current));
        if elements > MOST_ELEMENTS {
            return Ok(self.refuse(format!("took tables of more than {MOST_ELEMENTS} elements")));
        }
        self.elements = elements;
        Ok(true)
    }

    fn instances(&self) -> usize {
        MOST_INSTANCES
    }

    fn tables(&self) -> usize {
        MOST_TABLES
    }

    fn memories(&self) -> usize {
        MOST_MEMORIES
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meter(most: usize, pool: &Arc<Pool>) -> Meter {
        Meter::new(most, pool.clone())
    }

    #[test]
    fn instances_share_what_the_process_has_and_give_it_back() {
        let pool = Arc::new(Pool::new(10 << 20));
        let mut first = meter(8 << 20, &pool);
        let mut second = meter(8 << 20, &pool);
        assert!(first.memory_growing(0, 6 << 20, None).expect("counts"));
        assert!(!second.memory_growing(0, 6 << 20, None).expect("counts"));
        let refused = second.refused().expect("it was refused").why;
        assert!(refused.contains("have 10 MiB together"), "{refused}");
        assert!(second.memory_growing(0, 4 << 20, None).expect("counts"));
        drop(first);
        assert_eq!(pool.taken(), 4 << 20);
        assert!(
            second
                .memory_growing(4 << 20, 8 << 20, None)
                .expect("counts")
        );
        drop(second);
        assert_eq!(pool.taken(), 0);
    }

    #[test]
    fn memories_count_together() {
        let mut meter = meter(10 << 20, &Arc::new(Pool::new(usize::MAX)));
        assert!(meter.memory_growing(0, 6 << 20, None).expect("counts"));
        assert!(!meter.memory_growing(0, 6 << 20, None).expect("counts"));
        assert_eq!(
            meter.refused().map(|it| it.why).as_deref(),
            Some("took more than its limit of 10 MiB of memory")
        );
        assert!(meter.refused().is_none());
        assert!(meter.memory_growing(0, 4 << 20, None).expect("counts"));
    }

    #[test]
    fn what_the_guest_itself_forbids_is_not_the_limit() {
        let mut meter = meter(10 << 20, &Arc::new(Pool::new(usize::MAX)));
        let own = meter.memory_growing(0, 2 << 20, Some(1 << 20));
        assert!(!own.expect("counts"));
        assert!(meter.refused().is_none());
    }

    #[test]
    fn tables_count_together() {
        let mut meter = meter(0, &Arc::new(Pool::new(0)));
        assert!(meter.table_growing(0, 60_000, None).expect("counts"));
        assert!(!meter.table_growing(0, 60_000, None).expect("counts"));
        assert!(meter.refused().is_some());
    }
}
