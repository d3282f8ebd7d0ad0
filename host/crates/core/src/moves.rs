//! Files that lie elsewhere than they did. Knows no git: who finds that out is another room's business.

use std::collections::BTreeMap;

/// Files that were moved or renamed between two states of a repository, by the path that each has now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moves {
    before: BTreeMap<String, String>,
    now: BTreeMap<String, String>,
}

impl Moves {
    /// Moves, each from where it was to where it is.
    pub fn new(moves: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut all = Self::default();
        for (before, now) in moves {
            all.before.insert(now.clone(), before.clone());
            all.now.insert(before, now);
        }
        all
    }

    /// Whether nothing moved.
    pub fn is_empty(&self) -> bool {
        self.before.is_empty()
    }

    /// Where the file that is at `now` was; `None` where another one was there, which moved away.
    pub fn before<'p>(&'p self, now: &'p str) -> Option<&'p str> {
        match self.before.get(now) {
            Some(before) => Some(before),
            None => (!self.now.contains_key(now)).then_some(now),
        }
    }

    /// Where the file that was at `before` is; `None` where another one took its place.
    pub fn now<'p>(&'p self, before: &'p str) -> Option<&'p str> {
        match self.now.get(before) {
            Some(now) => Some(now),
            None => (!self.before.contains_key(before)).then_some(before),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_moved_is_known_by_both_paths_and_others_by_their_own() {
        let moves = Moves::new([("a.py".to_owned(), "app/a.py".to_owned())]);
        assert_eq!(moves.before("app/a.py"), Some("a.py"));
        assert_eq!(moves.now("a.py"), Some("app/a.py"));
        assert_eq!(
            (moves.before("b.py"), moves.now("b.py")),
            (Some("b.py"), Some("b.py"))
        );
        // What lies there now is another file.
        assert_eq!((moves.before("a.py"), moves.now("app/a.py")), (None, None));
        assert!(!moves.is_empty() && Moves::default().is_empty());
    }
}
