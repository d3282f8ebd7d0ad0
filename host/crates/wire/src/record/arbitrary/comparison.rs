//! Comparisons of every shape.

use super::*;

fn fixed() -> impl Strategy<Value = Fixed> {
    (text(), text(), option::of(any::<u32>()), text()).prop_map(|(rule, path, line, message)| {
        Fixed {
            rule,
            path,
            line,
            message,
        }
    })
}

/// Any comparison.
pub(super) fn comparison() -> impl Strategy<Value = Comparison> {
    let change = (
        text(),
        select(Unit::ALL),
        [number(), number()],
        any::<(usize, usize)>(),
        select(Difference::ALL),
        option::of((number(), number())),
    )
        .prop_map(
            |(series, unit, [before, after], samples, difference, interval)| MetricChange {
                series,
                unit,
                before,
                after,
                samples,
                difference,
                interval,
            },
        );
    let verdicts =
        (text(), option::of(verdict()), option::of(verdict())).prop_map(|(item, before, after)| {
            VerdictChange {
                item: RuleId::new(item),
                before,
                after,
            }
        });
    let lists = (
        (texts(), texts(), texts()),
        [vec(fixed(), 0..2), vec(fixed(), 0..2)],
        vec(change, 0..2),
        vec(verdicts, 0..2),
    );
    (
        option::of(text()),
        option::of(text()),
        (option::of(text()), option::of(select(Severity::ALL))),
        lists,
        any::<[usize; 6]>(),
    )
        .prop_map(
            |(
                baseline,
                commit,
                (reference, fail_on),
                ((new, files, uncommitted), [fixed, left_out], metrics, verdicts),
                [unchanged, silenced, suspected, again, covered, unseen],
            )| Comparison {
                baseline: baseline.map(RunId::new),
                commit,
                reference,
                files,
                uncommitted,
                fail_on,
                new,
                fixed,
                left_out,
                unchanged,
                silenced,
                suspected,
                again,
                covered,
                unseen,
                metrics,
                verdicts,
            },
        )
}
