//! What a run could see: only of that does its silence mean anything.

use super::*;

#[test]
fn a_baseline_needs_what_was_found_and_what_nobody_looked_at() {
    let found = record("a", vec![fakes::finding("NET-1", "a.py", 1)]);
    let fingerprint = found.findings[0].fingerprint.clone();
    let needed = |record: &RunRecord, fingerprint: &str, count| {
        Sight::of(record).still_there(&RuleId::new("NET-1"), "a.py", fingerprint, count)
    };
    assert_eq!(needed(&found, &fingerprint, 1), 1);
    assert_eq!(needed(&found, &fingerprint, 3), 1);
    assert_eq!(needed(&found, "v1-mended", 2), 0);
    let limits: [fn(&mut RunRecord); 3] = [
        |record| record.unheard = vec![RuleId::new("NET-1")],
        |record| record.parts = vec!["web".to_owned()],
        |record| record.changed_lines = true,
    ];
    for limit in limits {
        let mut limited = found.clone();
        limit(&mut limited);
        assert_eq!(needed(&limited, "v1-mended", 2), 2);
    }
    // What a comment allows needs no baseline.
    let mut allowed = found;
    allowed.findings[0].silenced = Some(Silenced::Comment("why".to_owned()));
    assert_eq!(needed(&allowed, &fingerprint, 1), 0);
}

#[test]
fn what_a_run_was_limited_to_or_refused_bounds_what_it_can_say() {
    let found = || {
        let mut record = record("a", vec![fakes::finding("NET-1", "app/x.py", 3)]);
        record.rules = vec![fakes::rule("NET-1")];
        record
    };
    let nothing = |change: fn(&mut RunRecord)| {
        let mut record = found();
        record.findings.clear();
        change(&mut record);
        record
    };
    let said = |before: &RunRecord, after: &RunRecord| {
        let compared = compare(before, after);
        (compared.new.len(), compared.fixed.len(), compared.unseen)
    };
    let whole = nothing(|_| ());
    assert_eq!(said(&found(), &whole), (0, 1, 0));
    assert_eq!(said(&whole, &found()), (1, 0, 0));
    let limits: [fn(&mut RunRecord); 10] = [
        |record| record.hidden = vec!["app/x.py".to_owned()],
        |record| record.hidden = vec![".".to_owned()],
        // Switched off, where a step of the same item hides it behind another verdict.
        |record| record.unheard = vec![RuleId::new("NET-1")],
        |record| {
            record.problems = vec![perfctl_core::run::Problem {
                subject: "app".to_owned(),
                message: "cannot be listed".to_owned(),
            }];
        },
        |record| record.parts = vec!["web".to_owned()],
        |record| record.changed_lines = true,
        |record| record.excluded = vec!["app".to_owned()],
        |record| {
            record.source.subdirectory = Some("services/shop".to_owned());
            record.excluded = vec!["./services/*/app/".to_owned()];
        },
        |record| record.rules.clear(),
        |record| {
            record.problems = vec![perfctl_core::run::Problem {
                subject: "app/x.py".to_owned(),
                message: "too large".to_owned(),
            }];
        },
    ];
    for limit in limits {
        assert_eq!(said(&found(), &nothing(limit)), (0, 0, 1));
        assert_eq!(said(&nothing(limit), &found()), (0, 0, 1));
    }
    let elsewhere = nothing(|record| record.excluded = vec!["web".to_owned()]);
    assert_eq!(said(&found(), &elsewhere), (0, 1, 0));
    let same_part = nothing(|record| record.parts = vec!["app".to_owned()]);
    assert_eq!(said(&found(), &same_part), (0, 1, 0));
}

#[test]
fn what_the_settings_leave_out_is_not_fixed_but_left_out() {
    let rules = || StepRecord {
        kind: "rules".to_owned(),
        ..fakes::step_record("rules")
    };
    let found = record("a", vec![fakes::finding("NET-1", "app/x.py", 3)]);
    let said = |change: fn(&mut RunRecord)| {
        let mut after = record("b", Vec::new());
        after.steps = vec![rules()];
        change(&mut after);
        let compared = compare(&found, &after);
        (
            compared.fixed.len(),
            compared.left_out.len(),
            compared.unseen,
        )
    };
    assert_eq!(said(|_| ()), (1, 0, 0));
    let out: [fn(&mut RunRecord); 3] = [
        |record| record.excluded = vec!["app/**".to_owned()],
        |record| {
            record.ignored = vec![RuleId::new("NET-1")];
            record.rules.clear();
        },
        |record| record.unheard = vec![RuleId::new("NET-1")],
    ];
    for change in out {
        assert_eq!(said(change), (0, 1, 0));
    }
    let blind: [fn(&mut RunRecord); 4] = [
        // Another perfctl, which does not have the rule.
        |record| record.rules.clear(),
        |record| {
            record.unheard = vec![RuleId::new("NET-1")];
            record.items = vec![fakes::item("NET-1", Verdict::Error("broke".to_owned()))];
        },
        |record| {
            record.excluded = vec!["app/**".to_owned()];
            record.steps.clear();
        },
        |record| {
            record.excluded = vec!["app/**".to_owned()];
            record.parts = vec!["web".to_owned()];
        },
    ];
    for change in blind {
        assert_eq!(said(change), (0, 0, 1));
    }
}

#[test]
fn the_tools_own_rule_is_heard_where_nothing_is_suppressed_any_more() {
    let left = |change: fn(&mut RunRecord)| {
        let mut record = record("a", Vec::new());
        change(&mut record);
        let own = RuleId::new(crate::judge::silence::SUPPRESS);
        Sight::of(&record).still_there(&own, "a.py", "v1-known", 1)
    };
    assert_eq!(left(|_| ()), 0);
    let unsure: [fn(&mut RunRecord); 3] = [
        |record| record.unheard = vec![RuleId::new(crate::judge::silence::SUPPRESS)],
        |record| record.rules.clear(),
        |record| {
            record.steps = vec![StepRecord {
                kind: "rules".to_owned(),
                status: StepStatus::Interrupted,
                ..fakes::step_record("rules")
            }];
        },
    ];
    for change in unsure {
        assert_eq!(left(change), 1);
    }
}

#[test]
fn what_is_judged_only_where_it_is_named_is_not_gone_when_nobody_names_it() {
    let of = |parts: &[&str], path: Option<&str>| {
        let found = path.map(|path| fakes::finding("NET-1", path, 1));
        let mut record = record("a", found.into_iter().collect());
        record.parts = parts.iter().map(|part| (*part).to_owned()).collect();
        record
    };
    let left = |parts: &[&str], path: &str| {
        Sight::of(&of(parts, None)).still_there(&RuleId::new("NET-1"), path, "v1-known", 1)
    };
    for path in [
        "tests/service.py",
        "vendor/a.py",
        "examples/a.py",
        "dist/a.js",
    ] {
        let directory = path.split('/').next().expect("a directory");
        // Naming the directory or what holds it is not the same.
        for (parts, count) in [(&[][..], 1), (&["."], 1), (&[directory], 0)] {
            assert_eq!(left(parts, path), count, "{path} of {parts:?}");
        }
        let said = |before: &RunRecord, after: &RunRecord| {
            let compared = compare(before, after);
            (compared.new.len(), compared.fixed.len(), compared.unseen)
        };
        let (found, all) = (of(&[directory], Some(path)), of(&[], None));
        assert_eq!(said(&found, &all), (0, 0, 1), "{path}");
        assert_eq!(said(&all, &found), (0, 0, 1), "{path}");
        assert_eq!(said(&found, &of(&[directory], None)), (0, 1, 0), "{path}");
        // What a run found without naming it, another finds in the same way.
        assert_eq!(said(&of(&[], Some(path)), &all), (0, 1, 0), "{path}");
        assert_eq!(said(&of(&[], Some(path)), &of(&[directory], None)).1, 1);
    }
    assert_eq!(left(&[], "scripts/seed.py"), 0);
    assert_eq!(left(&["tests"], "tests/data/tests/a.py"), 1);
}
