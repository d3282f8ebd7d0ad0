//! Plans of small recipes on a fake machine.

use super::*;
use crate::fakes::{self, FakeTools, command_step};
use crate::values::{Making, Value};
use perfctl_core::recipe::{Param, ParamKind, Tool};
use perfctl_core::repository::{Detected, LanguageShare};

mod facts;
mod given;

struct Bench {
    root: tempfile::TempDir,
    caches: tempfile::TempDir,
    tools: FakeTools,
    portrait: Portrait,
    wishes: Wishes,
}

impl Bench {
    fn new(tools: &[&str]) -> Self {
        Self {
            root: tempfile::tempdir().expect("a directory"),
            caches: tempfile::tempdir().expect("a directory"),
            tools: FakeTools::with(tools),
            portrait: Portrait {
                languages: vec![LanguageShare {
                    language: "python".to_owned(),
                    files: 3,
                    bytes: 9,
                }],
                entry_points: vec![Detected {
                    name: "app.main".to_owned(),
                    path: "app/main.py".to_owned(),
                }],
                ..Portrait::default()
            },
            wishes: Wishes::default(),
        }
    }

    fn set(mut self, name: &str, value: &str) -> Self {
        self.wishes.set.push((name.to_owned(), value.to_owned()));
        self
    }

    fn allow(mut self, step: &str) -> Self {
        self.wishes.allow.push(StepId::new(step));
        self
    }

    fn file(self, name: &str) -> Self {
        std::fs::write(self.root.path().join(name), "x").expect("a file");
        self
    }

    fn plan(&self, steps: Vec<Step>) -> Result<Plan, Vec<PlanError>> {
        self.plan_recipe(&fakes::recipe(steps))
    }

    fn plan_recipe(&self, recipe: &Recipe) -> Result<Plan, Vec<PlanError>> {
        let offer = Offer {
            tools: &self.tools,
            collectors: BTreeSet::from(["importtime"]),
            probes: BTreeSet::from(["image-size"]),
            caches: Some(self.caches.path()),
            poetry: None,
        };
        plan(
            recipe,
            &fakes::checkout(self.root.path()),
            &self.portrait,
            &self.wishes,
            &offer,
        )
    }

    fn decision(&self, step: Step) -> Decision {
        self.plan(vec![step]).expect("nothing is wrong").steps[0]
            .decision
            .clone()
    }

    fn errors(&self, steps: Vec<Step>) -> Vec<String> {
        let errors = self.plan(steps).expect_err("something is wrong");
        errors.iter().map(ToString::to_string).collect()
    }
}

fn needs(decision: &Decision) -> &str {
    match decision {
        Decision::NeedsEvidence(why) => why,
        other => panic!("{other:?}"),
    }
}

fn with(mut step: Step, change: impl FnOnce(&mut Step)) -> Step {
    change(&mut step);
    step
}

fn preparing(id: &str, argv: &[&str]) -> Step {
    with(command_step(id, argv), |step| {
        step.needs.consent = true;
        step.needs.writes = true;
        step.needs.network = true;
    })
}

#[test]
fn facts_decide_whether_a_step_is_for_this_repository() {
    let bench = Bench::new(&["rg"]).set("image", "shop:1");
    let when = |facts: &[&str]| {
        bench.decision(with(command_step("s", &["rg"]), |step| {
            step.when = facts.iter().map(|fact| (*fact).to_owned()).collect();
        }))
    };
    for facts in [
        &["language:python"][..],
        &["!language:go", "entry-point"],
        &["!dockerfile"],
        &["param:image", "!param:entry"],
    ] {
        assert_eq!(when(facts), Decision::Run, "{facts:?}");
    }
    for (facts, reason) in [
        (
            &["language:go"][..],
            "not for this repository: it has no go code",
        ),
        (
            &["!language:python"],
            "not for this repository: it has python code",
        ),
        (
            &["language:python", "dockerfile"],
            "not for this repository: it has no Dockerfile",
        ),
        (&["!param:image"], "not asked for: --set image= is given"),
    ] {
        assert_eq!(when(facts), Decision::Skip(reason.to_owned()), "{facts:?}");
    }
}

#[test]
fn a_tool_may_have_alternatives_and_its_absence_carries_the_hint() {
    let engine = |step: &mut Step| {
        step.needs.tools = vec![Tool {
            program: "docker|podman".to_owned(),
            install: "see docs.docker.com".to_owned(),
        }];
    };
    let step = with(command_step("s", &["docker|podman", "images"]), engine);
    let planned = Bench::new(&["podman"])
        .plan(vec![step.clone()])
        .expect("planned");
    let StepKind::Command(command) = &planned.steps[0].step.kind else {
        panic!("a command")
    };
    assert_eq!(command.argv, ["podman", "images"]);
    assert_eq!(planned.tools["podman"], "1");
    let absent = Bench::new(&[]).decision(step);
    assert_eq!(
        needs(&absent),
        "docker or podman is not installed: see docs.docker.com"
    );
    let undeclared = Bench::new(&[]).decision(command_step("s", &["rg", "x"]));
    assert_eq!(needs(&undeclared), "rg is not installed");
}

#[test]
fn consent_and_the_network_are_granted_by_name_only() {
    let asking = with(command_step("fetch", &["curl"]), |step| {
        step.needs.network = true
    });
    let refused = Bench::new(&["curl"]).decision(asking.clone());
    assert_eq!(
        needs(&refused),
        "it uses the network: allow it with --allow fetch"
    );
    assert_eq!(
        Bench::new(&["curl"]).allow("fetch").decision(asking),
        Decision::Run
    );
}

#[test]
fn settings_grant_consent_or_only_the_network_and_may_name_other_recipes_steps() {
    let asking = |consent, network| {
        with(command_step("fetch", &["curl"]), |step| {
            step.needs.consent = consent;
            step.needs.network = network;
        })
    };
    let mut bench = Bench::new(&["curl"]);
    let grant = |id: &str| vec![StepId::new(id), StepId::new("of-another-recipe")];
    bench.wishes.grants.network = grant("fetch");
    assert_eq!(bench.decision(asking(false, true)), Decision::Run);
    assert!(needs(&bench.decision(asking(true, true))).contains("--allow fetch"));
    bench.wishes.grants = Grants {
        consent: grant("fetch"),
        network: Vec::new(),
    };
    assert_eq!(bench.decision(asking(true, true)), Decision::Run);
}

#[test]
fn everything_that_is_missing_is_said_at_once() {
    let step = with(
        command_step("s", &["curl", "{image}", "{python}"]),
        |step| {
            step.needs.consent = true;
        },
    );
    let bench = Bench::new(&["curl"]);
    let why = bench.decision(step);
    for part in ["--allow s", "--set image=", "--set python="] {
        assert!(needs(&why).contains(part), "{part}: {why:?}");
    }
}

#[test]
fn mistakes_of_the_recipe_and_the_command_line_are_all_named() {
    let bench = Bench::new(&["rg"]).set("imgae", "x").allow("fetsh");
    let steps = vec![
        with(command_step("a", &["rg"]), |step| {
            step.after = vec![StepId::new("cc")]
        }),
        with(command_step("b", &["rg"]), |step| {
            step.when = vec!["framwork:x".to_owned()]
        }),
        with(command_step("c", &["rg"]), |step| {
            step.needs.network = true;
            let StepKind::Command(command) = &mut step.kind else {
                unreachable!()
            };
            command.collector = Some("importtim".to_owned());
            command.cwd = Some("../elsewhere".to_owned());
        }),
        with(command_step("c", &[]), |step| {
            step.after = vec![StepId::new("c")]
        }),
        with(command_step("fetch", &["rg"]), |step| {
            step.needs.network = true
        }),
    ];
    let errors = bench.errors(steps);
    for expected in [
        "no parameter is called `imgae`; did you mean `image`?",
        "`--allow fetsh` names no step of recipe `test`; did you mean `fetch`?",
        "recipe `test`, step `a`: `after` names no step: `cc`; did you mean `c`?",
        "step `b`: `when` asks for an unknown fact: `framwork:x`; did you mean `framework:*`?",
        "no collector is called `importtim`; did you mean `importtime`?",
        "`cwd` must stay within the repository",
        "another step has the same id",
        "`argv` names no program",
        "its `after` leads back to itself",
    ] {
        assert!(
            errors.iter().any(|error| error.contains(expected)),
            "{expected}: {errors:#?}"
        );
    }
}

#[test]
fn an_unknown_placeholder_is_a_mistake_and_a_param_without_value_is_missing_evidence() {
    let open = Bench::new(&["rg"]).errors(vec![command_step("s", &["rg", "{entry"])]);
    assert!(
        open[0].contains("`{` is not closed in `{entry`"),
        "{open:?}"
    );
    let errors = Bench::new(&["rg"]).errors(vec![command_step("s", &["rg", "{entri}"])]);
    assert_eq!(
        errors,
        ["recipe `test`, step `s`: nothing is called `{entri}`; did you mean `entry`?"]
    );
    let mut recipe = fakes::recipe(vec![command_step("s", &["rg", "{url}"])]);
    recipe.params.push(Param {
        name: "url".to_owned(),
        kind: ParamKind::Text,
        default: None,
        choices: Vec::new(),
        help: String::new(),
    });
    let planned = Bench::new(&["rg"]).plan_recipe(&recipe).expect("planned");
    assert_eq!(
        needs(&planned.steps[0].decision),
        "`url` is not set: give it with --set url=..."
    );
    let set = Bench::new(&["rg"])
        .set("url", "http://x")
        .plan_recipe(&recipe)
        .expect("planned");
    assert_eq!(set.steps[0].decision, Decision::Run);
}

#[test]
fn a_measuring_step_waits_for_the_step_that_prepares_its_interpreter() {
    let steps = || {
        vec![
            command_step("imports", &["{python}", "-X", "importtime"]),
            preparing("prepare", &["uv", "sync", "--target", "{cache}"]),
        ]
    };
    let refused = Bench::new(&["uv"])
        .file("uv.lock")
        .plan(steps())
        .expect("planned");
    assert!(needs(&refused.steps[0].decision).contains("--allow prepare"));
    assert!(needs(&refused.steps[1].decision).contains("--allow prepare"));

    let bench = Bench::new(&["uv"]).file("uv.lock").allow("prepare");
    let planned = bench.plan(steps()).expect("planned");
    assert_eq!(planned.steps[0].decision, Decision::Run);
    assert_eq!(planned.steps[0].after, [1]);
    let preparation = planned.preparation.as_ref().expect("will be prepared");
    let made = Value::Made {
        by: vec![StepId::new("prepare")],
        what: Making::InterpreterIn(preparation.content()),
    };
    assert_eq!(planned.values.look_up("python"), Some(&made));
    assert!(planned.readable.contains(&preparation.content()));
}

#[test]
fn to_allow_a_step_is_to_allow_what_it_builds_upon_but_never_the_network() {
    let steps = |network: bool| {
        let make = with(
            preparing("environment", &["uv", "venv", "{cache}"]),
            |step| {
                step.needs.network = network;
            },
        );
        let install = with(preparing("prepare", &["uv", "sync", "{cache}"]), |step| {
            step.after = vec![StepId::new("environment")];
        });
        vec![make, install, command_step("imports", &["{python}"])]
    };
    let bench = Bench::new(&["uv"]).file("uv.lock");
    let refused = bench.plan(steps(false)).expect("planned");
    let why = needs(&refused.steps[2].decision);
    assert!(
        why.contains("--allow prepare") && !why.contains("--allow environment"),
        "{why}"
    );
    // One word is enough for all of them.
    assert!(needs(&refused.steps[0].decision).ends_with("--allow prepare"));
    let bench = bench.allow("prepare");
    let planned = bench.plan(steps(false)).expect("planned");
    assert!(
        planned
            .steps
            .iter()
            .all(|step| step.decision == Decision::Run)
    );
    let refused = bench.plan(steps(true)).expect("planned");
    assert!(needs(&refused.steps[0].decision).contains("--allow environment"));
}

#[test]
fn an_image_is_read_where_it_is_and_budgets_follow() {
    let when = |id: &str, fact: &str| {
        with(command_step(id, &["rg", "{image}"]), |step| {
            step.when = vec![fact.to_owned()];
        })
    };
    let steps = || {
        vec![
            when("engine", "image:engine"),
            when("archive", "image:archive"),
            when("registry", "image:registry"),
        ]
    };
    for (given, at) in [("shop:1", 0), ("./shop.tar", 1), ("ghcr.io/org/shop:1", 2)] {
        let planned = Bench::new(&["rg"])
            .file("shop.tar")
            .set("image", given)
            .plan(steps())
            .expect("planned");
        let runs: Vec<bool> = planned
            .steps
            .iter()
            .map(|step| step.decision == Decision::Run)
            .collect();
        let expected: Vec<bool> = (0..3).map(|step| step == at).collect();
        assert_eq!(runs, expected, "{given}");
    }
    let mut recipe = fakes::recipe(steps());
    let limit = |when: &str| perfctl_core::budget::Budget {
        metric: "image.size".into(),
        labels: BTreeMap::new(),
        max: Some(1.0),
        min: None,
        unit: perfctl_core::metric::Unit::Bytes,
        when: vec![when.to_owned()],
        parts: Vec::new(),
        weight: Default::default(),
        item: None,
        why: String::new(),
    };
    recipe.budgets = vec![limit("image:registry"), limit("!image:registry")];
    let bench = Bench::new(&["rg"]).set("image", "shop:1");
    let planned = bench.plan_recipe(&recipe).expect("planned");
    assert_eq!(planned.recipe.budgets, [limit("!image:registry")]);
    let nothing = Bench::new(&["rg"]).plan(steps()).expect("planned");
    let skipped = |step: &crate::plan::PlannedStep| matches!(&step.decision, Decision::Skip(why) if why.contains("no Dockerfile"));
    assert!(nothing.steps.iter().all(skipped));
}

#[test]
fn what_is_prepared_already_needs_no_consent() {
    let steps = || {
        vec![
            preparing("prepare", &["uv", "sync", "--target", "{cache}"]),
            command_step("imports", &["{python}"]),
        ]
    };
    let mut bench = Bench::new(&["uv"]).file("uv.lock").allow("prepare");
    let content = bench
        .plan(steps())
        .expect("planned")
        .preparation
        .expect("located")
        .content();
    std::fs::create_dir_all(content.join("bin")).expect("a directory");
    std::fs::write(content.join("bin/python"), "").expect("a file");
    let done = content.parent().expect("a home").join("done");
    std::fs::create_dir_all(&done).expect("a directory");
    std::fs::write(done.join("prepare"), "").expect("a mark");
    bench.wishes.allow.clear();
    let planned = bench.plan(steps()).expect("planned");
    assert!(
        planned
            .steps
            .iter()
            .all(|step| step.decision == Decision::Run)
    );
    let python = Value::Known(content.join("bin/python").display().to_string());
    assert_eq!(planned.values.look_up("python"), Some(&python));
}

#[test]
fn nothing_is_prepared_from_dependencies_that_are_not_pinned_or_with_half_of_the_tools() {
    let steps = || {
        vec![
            preparing("venv", &["python3", "-m", "venv", "{cache}"]),
            preparing("install", &["uv", "{cache}"]),
        ]
    };
    // Nothing to install is no lack, with or without permission; the machine's own interpreter then lacks nothing.
    let mut undeclared = steps();
    undeclared.push(command_step("imports", &["{python}"]));
    let bench = Bench::new(&["python3", "uv"]);
    for bench in [bench, Bench::new(&["python3", "uv"]).allow("install")] {
        let planned = bench.plan(undeclared.clone()).expect("planned");
        for step in &planned.steps[..2] {
            let why =
                "not for this repository: no file in it that perfctl reads declares dependencies";
            assert_eq!(step.decision, Decision::Skip(why.to_owned()));
        }
        assert_eq!(planned.steps[2].decision, Decision::Run);
        let note = planned
            .notes
            .iter()
            .any(|note| note.contains("of this machine"));
        assert!(note, "{:?}", planned.notes);
    }
    let half = Bench::new(&["python3"])
        .file("uv.lock")
        .allow("venv")
        .allow("install");
    let planned = half.plan(steps()).expect("planned");
    assert!(needs(&planned.steps[0].decision).contains("step `install` cannot run"));
}

#[test]
fn an_image_that_a_step_builds_is_measured_after_it() {
    let steps = || {
        vec![
            with(
                command_step("build", &["docker", "build", "-t", "{built-image}", "."]),
                |step| {
                    step.needs.consent = true;
                },
            ),
            with(
                command_step("size", &["docker", "image", "inspect", "{image}"]),
                |_| (),
            ),
        ]
    };
    let planned = Bench::new(&["docker"])
        .allow("build")
        .plan(steps())
        .expect("planned");
    assert_eq!(
        (&planned.steps[1].decision, &planned.steps[1].after[..]),
        (&Decision::Run, &[0][..])
    );
    let refused = Bench::new(&["docker"]).plan(steps()).expect("planned");
    assert!(needs(&refused.steps[1].decision).contains("--allow build"));
    let given = Bench::new(&["docker"])
        .set("image", "shop:1")
        .plan(steps())
        .expect("planned");
    assert_eq!(
        (&given.steps[1].decision, &given.steps[1].after[..]),
        (&Decision::Run, &[][..])
    );
}

#[test]
fn a_step_that_waits_for_its_own_customer_is_refused() {
    let steps = vec![
        with(
            command_step("build", &["docker", "{built-image}"]),
            |step| {
                step.needs.consent = true;
                step.after = vec![StepId::new("size")];
            },
        ),
        command_step("size", &["docker", "{image}"]),
    ];
    let errors = Bench::new(&["docker"]).allow("build").errors(steps);
    assert!(
        errors[0].contains("it needs what a step makes that waits for it"),
        "{errors:?}"
    );
}

#[test]
fn notes_tell_how_a_value_was_chosen_when_a_step_uses_it() {
    let mut bench = Bench::new(&["rg"]);
    let other = Detected {
        name: "app.worker".to_owned(),
        path: "app/worker.py".to_owned(),
    };
    bench.portrait.entry_points.push(other);
    assert!(
        bench
            .plan(vec![command_step("s", &["rg"])])
            .expect("planned")
            .notes
            .is_empty()
    );
    let planned = bench
        .plan(vec![command_step("s", &["rg", "{entry}"])])
        .expect("planned");
    assert!(
        planned.notes[0].contains("app.worker"),
        "{:?}",
        planned.notes
    );
}

#[test]
fn the_limits_of_the_settings_reach_every_selection() {
    let rules = StepKind::Rules {
        select: vec!["tag:quick".to_owned()],
        ignore: vec!["NET-1".to_owned()],
    };
    let limits = Selection {
        within: vec![Selector::parse("NET-3")],
        ignore: vec![Selector::parse("NET-2")],
        paths: vec!["app".to_owned()],
        ..Selection::default()
    };
    let selection = selection(&rules, &limits).expect("a rules step");
    assert_eq!(selection.select, [Selector::Tag("quick".to_owned())]);
    assert_eq!(
        selection.ignore,
        [Selector::parse("NET-1"), Selector::parse("NET-2")]
    );
    assert_eq!(selection.within, [Selector::parse("NET-3")]);
    assert_eq!(selection.paths, ["app"]);
}
