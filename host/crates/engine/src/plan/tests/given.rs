//! What `--set` and `--allow` do to a plan.

use super::*;

#[test]
fn no_environment_is_made_where_there_is_an_interpreter_already() {
    let steps = |measures: &str| {
        vec![
            preparing("prepare", &["uv", "sync", "--target", "{cache}"]),
            command_step("imports", &[measures]),
        ]
    };
    let bench = || {
        Bench::new(&["uv", "ls"])
            .file("uv.lock")
            .set("python", "/usr/bin/python3")
    };
    let planned = bench().plan(steps("{python}")).expect("planned");
    match &planned.steps[0].decision {
        Decision::Skip(why) => assert!(why.starts_with("not needed: Python is measured with")),
        other => panic!("{other:?}"),
    }
    // What is built may hold more than an interpreter.
    let mut both = steps("{python}");
    both.push(command_step("list", &["ls", "{cache}"]));
    let planned = bench().allow("prepare").plan(both).expect("planned");
    assert_eq!(planned.steps[0].decision, Decision::Run);
}

#[test]
fn an_empty_value_does_not_set_what_is_derived() {
    let planned = Bench::new(&["docker"])
        .set("image", "")
        .plan(vec![command_step("size", &["docker", "{image}"])])
        .expect("planned");
    assert!(needs(&planned.steps[0].decision).contains("--set image=..."));
}
