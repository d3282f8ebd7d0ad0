//! Limits of a run: of all calls of a rule, of all rules of a pack, of all that a rule finds.

use super::*;

#[test]
fn the_rules_of_a_pack_have_a_limit_together_and_those_that_come_with_perfctl_have_none() {
    let dir = tempfile::tempdir().expect("a folder");
    for at in 0..60 {
        std::fs::write(dir.path().join(format!("m{at}.py")), "f(1)\n").expect("a file");
    }
    // Some 10 ms in each file, and more where there is no optimisation.
    let slow = "return { check = function() local n = 0 for i = 1, 4e5 do n += i end end }";
    let ids = ["SLOW-1", "SLOW-2", "SLOW-3"];
    let run = |layer| {
        run_pack(
            dir.path(),
            &ids.map(|id| (id, slow)),
            layer,
            "[limits]\nrun_ms = 100\n",
        )
    };
    let limited = run(Layer::Organisation("/org".into()));
    let spent: Duration = limited.costs.values().map(|cost| cost.time).sum();
    // On each of two threads a call may be under way when the time is over.
    assert!(
        spent > Duration::from_millis(100) && spent < Duration::from_millis(700),
        "{spent:?}"
    );
    for id in ids {
        let outcome = &limited.outcomes[&RuleId::from(id)];
        let says = "the rules of the pack `org` took longer than their limit of 100 ms in all";
        assert!(
            matches!(outcome, Outcome::Error(message) if message.contains(says) && message.contains(id)),
            "{outcome:?}"
        );
    }
    let own = run(Layer::BuiltIn);
    assert!(
        own.outcomes
            .values()
            .all(|outcome| *outcome == Outcome::Examined)
    );
}

#[test]
fn what_a_rule_finds_in_all_files_together_has_a_limit() {
    let dir = tempfile::tempdir().expect("a folder");
    for at in 0..400 {
        std::fs::write(dir.path().join(format!("m{at}.py")), "f(1)\n").expect("a file");
    }
    // Little in each file, so that no call meets a limit of its own.
    let flood = "return { check = function(file, matches, report) local text = string.rep('x', 2000) \
                 for i = 1, 150 do report({ at = file, message = i .. text }) end end }";
    let layer = Layer::Organisation("/org".into());
    let out = run_pack(
        dir.path(),
        &[("BAD-FLOOD", flood), ("GOOD-1", GOOD)],
        layer,
        "",
    );
    let outcome = &out.outcomes[&RuleId::from("BAD-FLOOD")];
    assert!(
        matches!(outcome, Outcome::Error(message) if message.contains("more than 64 MiB of findings in all")),
        "{outcome:?}"
    );
    let of = |id: &str| {
        out.findings
            .iter()
            .filter(|one| one.rule.as_str() == id)
            .count()
    };
    assert_eq!(of("GOOD-1"), 400);
    assert!((10_000..60_000).contains(&of("BAD-FLOOD")) && of("BAD-FLOOD") % 150 == 0);
}
