//! Steps that stand after others.

use super::*;

#[test]
fn a_step_goes_on_after_a_failed_one_unless_it_builds_upon_what_that_made() {
    let mut bench = Bench::new(|spec, _| {
        Ok(outcome(
            CommandEnd::Exited(i32::from(spec.step.as_str() != "last")),
            "",
        ))
    });
    std::fs::write(bench.root.path().join("uv.lock"), "x").expect("a file");
    bench.allow = vec![StepId::new("environment"), StepId::new("install")];
    let seen = bench.observe(vec![
        prepare("environment"),
        after(prepare("install"), &["environment"]),
        after(command_step("last", &["tool"]), &["environment"]),
    ]);
    assert_eq!(words(&seen), ["failed", "needs-evidence", "ok"]);
    let why = seen.steps[1].status.reason();
    assert!(
        why.starts_with("it builds upon step `environment`, which failed"),
        "{why}"
    );
}
