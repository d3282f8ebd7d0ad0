//! Items and checklists of every shape.

use perfctl_core::checklist::{Answer, Checklist, Line, Section};
use perfctl_core::ids::RuleId;
use perfctl_core::verdict::{Item, LookedAt};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use super::{text, texts, verdict};

pub(super) fn item() -> impl Strategy<Value = Item> {
    let looked_at = option::of(any::<[u64; 2]>());
    let looked_at = looked_at.prop_map(|at| at.map(|[places, files]| LookedAt { places, files }));
    (text(), text(), verdict(), any::<[usize; 3]>(), looked_at).prop_map(
        |(id, title, verdict, [findings, silenced, suspicions], looked_at)| Item {
            id: RuleId::new(id),
            title,
            verdict,
            findings,
            silenced,
            suspicions,
            looked_at,
        },
    )
}

pub(super) fn checklists() -> impl Strategy<Value = Vec<Checklist>> {
    let answer = (texts(), text()).prop_map(|(ids, why)| match ids.is_empty() {
        true => Answer::OutOfScope(why),
        false => Answer::Items(ids.into_iter().map(RuleId::new).collect()),
    });
    let line = (any::<u32>(), text(), option::of(text()), answer).prop_map(
        |(at, title, elsewhere, answer)| Line {
            at,
            title,
            when: Vec::new(),
            elsewhere,
            answer,
        },
    );
    let section = (text(), text(), option::of(text()), vec(line, 0..3)).prop_map(
        |(id, title, elsewhere, lines)| Section {
            id,
            title,
            when: Vec::new(),
            elsewhere,
            lines,
        },
    );
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
