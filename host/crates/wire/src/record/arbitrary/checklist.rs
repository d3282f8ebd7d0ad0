//! Items and checklists of every shape.

use perfctl_core::checklist::{Answer, Checklist, Line, Section};
use perfctl_core::ids::RuleId;
use perfctl_core::verdict::Item;
use proptest::collection::vec;
use proptest::prelude::*;

use super::{text, texts, verdict};

pub(super) fn item() -> impl Strategy<Value = Item> {
    (text(), text(), verdict(), any::<[usize; 3]>()).prop_map(
        |(id, title, verdict, [findings, silenced, suspicions])| Item {
            id: RuleId::new(id),
            title,
            verdict,
            findings,
            silenced,
            suspicions,
        },
    )
}

pub(super) fn checklists() -> impl Strategy<Value = Vec<Checklist>> {
    let answer = (texts(), text()).prop_map(|(ids, why)| match ids.is_empty() {
        true => Answer::OutOfScope(why),
        false => Answer::Items(ids.into_iter().map(RuleId::new).collect()),
    });
    let line =
        (any::<u32>(), text(), answer).prop_map(|(at, title, answer)| Line { at, title, answer });
    let section = (text(), text(), vec(line, 0..3)).prop_map(|(id, title, lines)| Section {
        id,
        title,
        lines,
    });
    let one =
        (text(), text(), text(), vec(section, 0..2)).prop_map(|(name, title, origin, sections)| {
            Checklist {
                name,
                title,
                origin,
                sections,
            }
        });
    vec(one, 0..2)
}
