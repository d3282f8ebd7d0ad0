//! What an instance may take of memory, all its parts together.

use wasmtime::{ResourceLimiter, Result};

/// Elements of all tables of an instance. Python's interpreter has some 10 000.
const MOST_ELEMENTS: usize = 100_000;
/// Core instances, memories and tables of one plugin. Python's interpreter is made of several.
const MOST_INSTANCES: usize = 64;
const MOST_MEMORIES: usize = 8;
const MOST_TABLES: usize = 32;

/// Counts what an instance takes.
#[derive(Debug)]
pub(crate) struct Meter {
    /// Bytes that all memories together may have.
    most_bytes: usize,
    bytes: usize,
    elements: usize,
    /// What was refused first, for the author.
    refused: Option<String>,
}

impl Meter {
    /// A meter that allows so many bytes.
    pub(crate) fn new(most_bytes: usize) -> Self {
        Self {
            most_bytes,
            bytes: 0,
            elements: 0,
            refused: None,
        }
    }

    /// What was refused, and is not told yet.
    pub(crate) fn refused(&mut self) -> Option<String> {
        self.refused.take()
    }

    fn refuse(&mut self, what: String) -> bool {
        self.refused.get_or_insert(what);
        false
    }
}

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
        let bytes = self.bytes.saturating_add(desired.saturating_sub(current));
        if bytes > self.most_bytes {
            let most = self.most_bytes >> 20;
            return Ok(self.refuse(format!("took more than its limit of {most} MiB of memory")));
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

    #[test]
    fn memories_count_together() {
        let mut meter = Meter::new(10 << 20);
        assert!(meter.memory_growing(0, 6 << 20, None).expect("counts"));
        assert!(!meter.memory_growing(0, 6 << 20, None).expect("counts"));
        assert_eq!(
            meter.refused().as_deref(),
            Some("took more than its limit of 10 MiB of memory")
        );
        assert_eq!(meter.refused(), None);
        assert!(meter.memory_growing(0, 4 << 20, None).expect("counts"));
    }

    #[test]
    fn what_the_guest_itself_forbids_is_not_the_limit() {
        let mut meter = Meter::new(10 << 20);
        let own = meter.memory_growing(0, 2 << 20, Some(1 << 20));
        assert!(!own.expect("counts"));
        assert_eq!(meter.refused(), None);
    }

    #[test]
    fn tables_count_together() {
        let mut meter = Meter::new(0);
        assert!(meter.table_growing(0, 60_000, None).expect("counts"));
        assert!(!meter.table_growing(0, 60_000, None).expect("counts"));
        assert!(meter.refused().is_some());
    }
}
