//! Histories of every shape.

use perfctl_core::history::{History, Known, Sighting};
use perfctl_core::path_class::PathClass;

use super::*;

fn sighting() -> impl Strategy<Value = Sighting> {
    let committed = option::of(any::<u64>());
    (text(), any::<u64>(), option::of(text()), committed).prop_map(
        |(run, at_ms, commit, committed_ms)| Sighting {
            run: RunId::new(run),
            at_ms,
            commit,
            committed_ms,
        },
    )
}

fn known() -> impl Strategy<Value = Known> {
    let class = select(&[PathClass::Source, PathClass::Test, PathClass::Vendored][..]);
    let seen = (
        sighting(),
        sighting(),
        option::of(sighting()),
        option::of(sighting()),
    );
    ((text(), text(), text(), text()), any::<u32>(), class, seen).prop_map(
        |((fingerprint, rule, path, message), line, class, (first, last, fixed, came_back))| {
            Known {
                fingerprint,
                rule: RuleId::new(rule),
                path,
                line,
                message,
                class,
                first,
                last,
                fixed,
                came_back,
            }
        },
    )
}

/// Any history.
pub(super) fn history() -> impl Strategy<Value = History> {
    (vec(known(), 0..3), vec(known(), 0..3), any::<usize>()).prop_map(
        |(open, fixed, fixed_in_all)| History {
            open,
            fixed,
            fixed_in_all,
        },
    )
}
