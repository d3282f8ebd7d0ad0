//! How much of a clone has come. A host may be asked several times, and whatever it sends counts.

use std::cell::Cell;

/// Bytes that came from a host, against the most that are taken of it.
pub(super) struct Received {
    most: Option<usize>,
    /// Of all but the fetch that goes on.
    before: Cell<usize>,
    /// Of the fetch that goes on.
    now: Cell<usize>,
}

impl Received {
    /// Nothing yet.
    pub(super) fn new(most: Option<usize>) -> Self {
        Self {
            most,
            before: Cell::new(0),
            now: Cell::new(0),
        }
    }

    /// Another fetch begins, which counts from nothing again.
    pub(super) fn begin(&self) {
        self.add(self.now.replace(0));
    }

    /// So much has come with the fetch that goes on.
    pub(super) fn set(&self, bytes: usize) {
        self.now.set(bytes);
    }

    /// So much came besides, as words for the user.
    pub(super) fn add(&self, bytes: usize) {
        self.before.set(self.before.get().saturating_add(bytes));
    }

    /// Whether it is more than is taken.
    pub(super) fn is_too_much(&self) -> bool {
        let all = self.before.get().saturating_add(self.now.get());
        self.most.is_some_and(|most| all > most)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fetches_and_words_are_counted_together() {
        let received = Received::new(Some(100));
        received.begin();
        received.set(30);
        received.set(60);
        assert!(!received.is_too_much());
        received.begin();
        received.set(30);
        assert!(!received.is_too_much());
        received.add(10);
        assert!(!received.is_too_much(), "it is as much as is taken");
        received.set(31);
        assert!(received.is_too_much());
        let unlimited = Received::new(None);
        unlimited.set(usize::MAX);
        assert!(!unlimited.is_too_much());
    }
}
