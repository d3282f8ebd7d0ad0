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

#[test]
fn what_is_given_and_cannot_be_is_refused_before_anything_runs() {
    let mut recipe = fakes::recipe(vec![
        command_step("imports", &["{python}"]),
        command_step("size", &["ls", "{image}", "{dockerfile}", "{list}"]),
    ]);
    recipe.params.push(Param {
        name: "list".to_owned(),
        kind: ParamKind::File,
        default: Some(String::new()),
        choices: Vec::new(),
        help: String::new(),
    });
    let errors = |bench: Bench| -> Vec<String> {
        let planned = bench.plan_recipe(&recipe);
        planned
            .err()
            .unwrap_or_default()
            .iter()
            .map(ToString::to_string)
            .collect()
    };
    let bench = || Bench::new(&["ls", "python3"]).file("there.tar");
    for (name, value, said) in [
        (
            "python",
            "/nope/python",
            "`--set python=/nope/python` names neither",
        ),
        ("image", "./w.tar", "there is no image archive"),
        (
            "dockerfile",
            "nope",
            "`--set dockerfile=nope` names no file",
        ),
        (
            "list",
            "nope.txt",
            "`list` takes a file of the repository, and `nope.txt` is none",
        ),
    ] {
        let found = errors(bench().set(name, value));
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains(said), "{found:?}");
    }
    let fine = bench()
        .set("python", "python3")
        .set("image", "./there.tar")
        .set("dockerfile", "there.tar")
        .set("list", "there.tar");
    assert_eq!(errors(fine), [] as [&str; 0]);
}

#[test]
fn a_step_that_asks_for_nothing_is_not_allowed_anything() {
    let steps = vec![
        command_step("list", &["ls"]),
        preparing("prepare", &["uv", "{cache}"]),
    ];
    assert_eq!(
        Bench::new(&["ls"]).allow("list").errors(steps),
        ["`--allow list`: step `list` needs no permission; those that do are prepare"]
    );
}
