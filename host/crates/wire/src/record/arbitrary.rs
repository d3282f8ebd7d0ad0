//! Records of every shape, for properties.

mod checklist;
mod comparison;
mod history;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use perfctl_core::budget::{Budget, BudgetOutcome, BudgetVerdict, Part};
use perfctl_core::finding::{Finding, Related, Silenced};
use perfctl_core::fix::{Edit, Fix, Safety};
use perfctl_core::ids::{MetricName, RuleId, RunId, StepId};
use perfctl_core::metric::{Metric, Unit};
use perfctl_core::place::{ByteSpan, Excerpt, LineColumn, Place};
use perfctl_core::rank::{Inputs, Rank};
use perfctl_core::repository::{Detected, LanguageShare, Portrait, Source};
use perfctl_core::rule::{Help, Layer, Rule};
use perfctl_core::run::{
    Artifact, Comparison, Difference, Environment, Fixed, MetricChange, Problem, RunRecord,
    StepRecord, StepStatus, VerdictChange,
};
use perfctl_core::scale::{Confidence, Effort, Reach, Severity};
use perfctl_core::verdict::Verdict;
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        "[a-z.]{1,8}",
        "\\PC{0,12}",
        "[\"\\\\\n\t\u{1}\u{2028}é]{1,4}"
    ]
}

fn texts() -> impl Strategy<Value = Vec<String>> {
    vec(text(), 0..3)
}

fn labels() -> impl Strategy<Value = BTreeMap<String, String>> {
    btree_map(text(), text(), 0..3)
}

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        proptest::num::f64::NORMAL,
        proptest::num::f64::SUBNORMAL,
        Just(0.0),
        Just(-0.0),
        -1e3..1e3f64
    ]
}

/// Up to 25 days, to the nanosecond: what milliseconds with a fraction hold exactly.
fn duration() -> impl Strategy<Value = Duration> {
    (0u64..25 * 86_400 * 1_000_000_000).prop_map(Duration::from_nanos)
}

fn place() -> impl Strategy<Value = Place> {
    (text(), any::<[u32; 6]>()).prop_map(
        |(path, [start, end, line, column, end_line, end_column])| Place {
            path: path.into(),
            span: ByteSpan { start, end },
            start: LineColumn { line, column },
            end: LineColumn {
                line: end_line,
                column: end_column,
            },
        },
    )
}

fn excerpt() -> impl Strategy<Value = Excerpt> {
    (any::<u32>(), any::<u32>(), text()).prop_map(|(first_line, offset, text)| Excerpt {
        first_line,
        offset,
        text,
    })
}

fn fix() -> impl Strategy<Value = Fix> {
    let edit =
        (text(), any::<u32>(), any::<u32>(), text()).prop_map(|(path, start, end, text)| Edit {
            path: path.into(),
            span: ByteSpan { start, end },
            text,
        });
    let safety = select(vec![Safety::Safe, Safety::Unsafe, Safety::DisplayOnly]);
    (text(), safety, vec(edit, 0..2), text()).prop_map(|(title, safety, edits, diff)| Fix {
        title,
        safety,
        edits,
        diff,
    })
}

fn rank() -> impl Strategy<Value = Rank> {
    (
        any::<usize>(),
        number(),
        any::<usize>(),
        option::of(number()),
        select(Effort::ALL),
    )
        .prop_map(|(position, score, sites, measured, effort)| Rank {
            position,
            score,
            sites,
            measured,
            effort,
        })
}

fn inputs() -> impl Strategy<Value = Inputs> {
    let scales = (
        select(Severity::ALL),
        select(Confidence::ALL),
        select(Reach::ALL),
        select(Effort::ALL),
    );
    (scales, any::<usize>(), option::of(number())).prop_map(
        |((severity, confidence, reach, effort), sites, measured)| Inputs {
            severity,
            confidence,
            reach,
            sites,
            measured,
            effort,
        },
    )
}

fn silenced() -> impl Strategy<Value = Silenced> {
    prop_oneof![
        text().prop_map(Silenced::Comment),
        text().prop_map(Silenced::Waiver),
        Just(Silenced::Baseline)
    ]
}

fn finding() -> impl Strategy<Value = Finding> {
    let related = (text(), place(), excerpt()).prop_map(|(message, place, excerpt)| Related {
        message,
        place,
        excerpt,
    });
    let judged = (
        select(Severity::ALL),
        select(Confidence::ALL),
        select(Reach::ALL),
    );
    let shown = (
        place(),
        excerpt(),
        text(),
        vec(related, 0..2),
        vec((text(), text()), 0..2),
    );
    (
        text(),
        text(),
        judged,
        shown,
        (
            option::of(fix()),
            text(),
            option::of(silenced()),
            option::of(rank()),
        ),
    )
        .prop_map(
            |(
                rule,
                message,
                (severity, confidence, reach),
                shown,
                (fix, fingerprint, silenced, rank),
            )| {
                let (place, excerpt, symbol, related, notes) = shown;
                Finding {
                    rule: RuleId::new(rule),
                    message,
                    severity,
                    confidence,
                    reach,
                    place,
                    excerpt,
                    symbol,
                    related,
                    notes,
                    fix,
                    fingerprint,
                    silenced,
                    rank,
                }
            },
        )
}

fn verdict() -> impl Strategy<Value = Verdict> {
    prop_oneof![
        Just(Verdict::Pass),
        Just(Verdict::Fail),
        text().prop_map(Verdict::NotApplicable),
        text().prop_map(Verdict::NeedsEvidence),
        text().prop_map(Verdict::Attested),
        text().prop_map(Verdict::Waived),
        text().prop_map(Verdict::Error),
    ]
}

fn step() -> impl Strategy<Value = StepRecord> {
    let status = prop_oneof![
        Just(StepStatus::Ok),
        text().prop_map(StepStatus::Skipped),
        text().prop_map(StepStatus::NeedsEvidence),
        text().prop_map(StepStatus::Failed),
        Just(StepStatus::TimedOut),
        Just(StepStatus::Interrupted),
    ];
    let artifact =
        (text(), any::<u64>(), text(), text()).prop_map(|(path, size, sha256, what)| Artifact {
            path,
            size,
            sha256,
            what,
        });
    let ran = (
        status,
        duration(),
        any::<u32>(),
        texts(),
        option::of(any::<i32>()),
    );
    (
        [text(), text(), text(), text()],
        ran,
        vec(artifact, 0..2),
        [texts(), texts()],
    )
        .prop_map(
            |(
                [id, title, kind, sandbox],
                (status, duration, attempts, argv, exit_code),
                artifacts,
                [notes, last_lines],
            )| StepRecord {
                id: StepId::new(id),
                title,
                kind,
                status,
                duration,
                attempts,
                argv,
                exit_code,
                sandbox,
                artifacts,
                notes,
                last_lines,
            },
        )
}

fn rule() -> impl Strategy<Value = Rule> {
    let layer = prop_oneof![
        Just(Layer::BuiltIn),
        text().prop_map(|path| Layer::User(PathBuf::from(path))),
        text().prop_map(|path| Layer::Organisation(PathBuf::from(path))),
        text().prop_map(|path| Layer::Repository(PathBuf::from(path))),
    ];
    let help = vec(text(), 7).prop_map(|texts| {
        let [what, why, source, example, fix, false_alarms, measure] =
            texts.try_into().expect("seven texts");
        Help {
            what,
            why,
            source,
            example,
            fix,
            false_alarms,
            measure,
        }
    });
    let safety = option::of(select(vec![
        Safety::Safe,
        Safety::Unsafe,
        Safety::DisplayOnly,
    ]));
    let lists = (
        texts(),
        texts(),
        texts(),
        texts(),
        proptest::collection::btree_map(text(), text(), 0..3),
    );
    let judged = (
        select(Severity::ALL),
        select(Effort::ALL),
        safety,
        option::of(text()),
    );
    ([text(), text(), text(), text()], lists, judged, help, layer).prop_map(
        |(
            [id, title, category, pack],
            (aliases, tags, keywords, languages, elsewhere),
            (severity, effort, fix, metric),
            help,
            layer,
        )| Rule {
            id: RuleId::new(id),
            aliases: aliases.into_iter().map(RuleId::new).collect(),
            title,
            category,
            tags,
            keywords,
            severity,
            languages,
            elsewhere,
            effort,
            fix,
            metric: metric.map(MetricName::new),
            help,
            pack,
            layer,
        },
    )
}

fn metric() -> impl Strategy<Value = Metric> {
    (
        text(),
        select(Unit::ALL),
        vec(number(), 0..4),
        labels(),
        text(),
    )
        .prop_map(|(name, unit, samples, labels, step)| Metric {
            name: MetricName::new(name),
            unit,
            samples,
            labels,
            step: StepId::new(step),
        })
}

fn budget() -> impl Strategy<Value = BudgetOutcome> {
    let verdict = prop_oneof![
        number().prop_map(BudgetVerdict::Pass),
        number().prop_map(BudgetVerdict::Fail),
        text().prop_map(BudgetVerdict::NoData),
    ];
    let limits = (
        option::of(number()),
        option::of(number()),
        select(Unit::ALL),
        option::of(text()),
    );
    let part = (text(), labels(), number()).prop_map(|(metric, labels, value)| Part {
        metric: MetricName::new(metric),
        labels,
        value,
    });
    let ranked = (vec(part, 0..3), option::of(inputs()));
    (text(), labels(), limits, text(), verdict, labels(), ranked).prop_map(
        |(metric, labels, (max, min, unit, item), why, verdict, series, (most, rank))| {
            BudgetOutcome {
                budget: Budget {
                    metric: MetricName::new(metric),
                    labels,
                    max,
                    min,
                    unit,
                    when: Vec::new(),
                    parts: Vec::new(),
                    weight: Default::default(),
                    item: item.map(RuleId::new),
                    why,
                },
                verdict,
                series,
                most,
                rank,
            }
        },
    )
}

fn source() -> impl Strategy<Value = Source> {
    let optional = [
        option::of(text()),
        option::of(text()),
        option::of(text()),
        option::of(text()),
    ];
    let committed = option::of(any::<u64>());
    (text(), text(), optional, any::<bool>(), committed).prop_map(
        |(name, origin, [commit, reference, remote, subdirectory], dirty, committed_ms)| Source {
            name,
            origin,
            commit,
            committed_ms,
            reference,
            dirty,
            remote,
            subdirectory,
        },
    )
}

fn portrait() -> impl Strategy<Value = Portrait> {
    let detected = || {
        vec(
            (text(), text()).prop_map(|(name, path)| Detected { name, path }),
            0..2,
        )
    };
    let share =
        (text(), any::<usize>(), any::<u64>()).prop_map(|(language, files, bytes)| LanguageShare {
            language,
            files,
            bytes,
        });
    (
        vec(share, 0..2),
        [detected(), detected(), detected()],
        texts(),
        any::<usize>(),
    )
        .prop_map(
            |(languages, [frameworks, entry_points, deploy_targets], dockerfiles, files)| {
                Portrait {
                    languages,
                    frameworks,
                    entry_points,
                    dockerfiles,
                    deploy_targets,
                    files,
                }
            },
        )
}

/// Any record.
pub(super) fn record() -> impl Strategy<Value = RunRecord> {
    let head = (text(), text(), text(), any::<u64>(), duration(), text());
    let problem = (text(), text()).prop_map(|(subject, message)| Problem { subject, message });
    let environment =
        (text(), text(), any::<usize>(), labels()).prop_map(|(os, arch, cpus, tools)| {
            Environment {
                os,
                arch,
                cpus,
                tools,
            }
        });
    let judged = (
        (vec(rule(), 0..2), [texts(), texts()]),
        (vec(checklist::item(), 0..3), checklist::checklists()),
        select(Confidence::ALL),
        vec(finding(), 0..3),
    );
    let measured = (vec(step(), 0..2), vec(metric(), 0..3), vec(budget(), 0..2));
    let rest = (
        vec(problem, 0..2),
        texts(),
        environment,
        (
            option::of(comparison::comparison()),
            option::of(history::history()),
        ),
        (any::<bool>(), any::<bool>(), texts(), [texts(), texts()]),
    );
    (
        head,
        (source(), portrait(), labels()),
        judged,
        measured,
        rest,
    )
        .prop_map(
            |(
                (id, recipe, title, started_ms, duration, version),
                (source, portrait, params),
                ((rules, [unheard, ignored]), (items, checklists), least, findings),
                (steps, metrics, budgets),
                (
                    problems,
                    notes,
                    environment,
                    (comparison, history),
                    (interrupted, changed_lines, parts, [excluded, hidden]),
                ),
            )| RunRecord {
                id: RunId::new(id),
                recipe,
                title,
                started_ms,
                duration,
                version,
                source,
                portrait,
                params,
                steps,
                rules,
                unheard: unheard.into_iter().map(RuleId::new).collect(),
                ignored: ignored.into_iter().map(RuleId::new).collect(),
                items,
                checklists,
                least,
                parts,
                changed_lines,
                excluded,
                hidden,
                findings,
                metrics,
                budgets,
                problems,
                notes,
                environment,
                comparison,
                history,
                interrupted,
            },
        )
}
