//! What unsafe fixes would mend of what safe ones leave: tried, told, and not kept.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::{Outcome, Progress, Repository, Scan, Soundness, Stopped, Texts, Why};

/// A repository of whose trials nothing is believed to be there.
pub(super) struct Unkept<'r>(pub(super) &'r dyn Repository);

impl Repository for Unkept<'_> {
    fn read(&self, path: &str) -> Result<Arc<str>, String> {
        self.0.read(path)
    }

    fn soundness(&self, path: &str, text: &str) -> Soundness {
        self.0.soundness(path, text)
    }

    fn scan(&self, changed: &Texts) -> Result<Scan, Stopped> {
        self.0.scan(changed)
    }

    fn proved(&self) {}

    fn heard(&self, _: Progress) {}
}

/// Says of the findings that safe fixes have `left` what came of them with the unsafe ones, too. The answer is how many of them are mended then:
/// fewer than keep an unsafe change, where others leave them without one or without a turn.
pub(super) fn tell(left: &mut [(usize, Why)], then: &Outcome) -> usize {
    let applied = then.applied.iter().map(|applied| applied.finding);
    let along = then.went_along.iter().map(|along| along.finding);
    let mended: BTreeSet<usize> = applied.chain(along).collect();
    let number = left
        .iter()
        .filter(|(finding, _)| mended.contains(finding))
        .count();
    for (finding, why) in left {
        let refusal = then.left.iter().find(|(other, _)| other == finding);
        match refusal {
            _ if mended.contains(finding) => {
                if !why.is_for_unsafe() {
                    *why = Why::WithUnsafe;
                }
            }
            // What has a change is not called without one because others took it: asked for alone it is made.
            Some((_, Why::NoFix | Why::ShownOnly | Why::Crowded)) | None => {}
            Some((_, refused)) if why.is_for_unsafe() => *why = refused.clone(),
            Some(_) => {}
        }
    }
    number
}
