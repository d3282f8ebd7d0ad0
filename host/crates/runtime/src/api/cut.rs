//! Answers that hold a part of what there is: a rule judges by them, and whoever reads its verdict has to know.

use std::cell::RefCell;

/// From this number on an answer is cut for what a repository is, and not because more would help no rule.
const MANY: usize = 1000;

/// A question whose answer was cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut {
    /// Its name.
    pub question: &'static str,
    /// How much the rule was given.
    pub most: usize,
}

impl Cut {
    /// Whether even a rule that reckons with its limits does not expect it.
    pub fn is_rare(self) -> bool {
        self.most >= MANY
    }
}

thread_local! {
    /// A call is made on one thread from its beginning to its end, whatever the rule is written in.
    static CUT: RefCell<Vec<Cut>> = const { RefCell::new(Vec::new()) };
}

/// What was cut on this thread since it was asked last; each question once.
pub fn taken() -> Vec<Cut> {
    CUT.with_borrow_mut(std::mem::take)
}

/// The first `most` of what `question` is answered with; that there is more is kept for [`taken`].
pub(super) fn first<I: IntoIterator>(question: &'static str, most: usize, all: I) -> Vec<I::Item> {
    let mut all = all.into_iter();
    let given: Vec<I::Item> = all.by_ref().take(most).collect();
    if given.len() == most && all.next().is_some() {
        CUT.with_borrow_mut(|known| {
            let cut = Cut { question, most };
            if !known.contains(&cut) {
                known.push(cut);
            }
        });
    }
    given
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_is_told_once_and_nothing_where_all_is_given() {
        taken();
        assert_eq!(first("paths", 3, 0..3), [0, 1, 2]);
        assert!(first("paths", 3, 0..0).is_empty());
        assert_eq!(taken(), []);
        for _ in 0..2 {
            assert_eq!(first("paths", 3, 0..4), [0, 1, 2]);
        }
        first("callers", 1, 0..2);
        let cut = |question, most| Cut { question, most };
        assert_eq!(taken(), [cut("paths", 3), cut("callers", 1)]);
        assert_eq!(taken(), []);
    }
}
