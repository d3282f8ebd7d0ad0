//! A whole recipe read, and the messages for every way to get one wrong.

use std::time::Duration;

use perfctl_core::metric::Unit;
use perfctl_core::recipe::StepKind;
use perfctl_core::seams::Demand;

use super::*;
use crate::checklist::Shelf;

mod extend;

pub(crate) const FULL: &str = include_str!("../../tests/files/recipe.toml");

/// The recipe that [`FULL`] extends.
const SMALL: &str = "schema = \"perfctl.recipe/1\"\ntitle = \"t\"\n[[step]]\nkind = \"rules\"\n";

fn vocabulary() -> Vocabulary {
    let strings = |list: &[&str]| {
        list.iter()
            .map(|text| (*text).to_owned())
            .collect::<Vec<_>>()
    };
    let measurer = |name: &str, options: &[&str], metrics: &[&str]| Measurer {
        name: name.to_owned(),
        options: options
            .iter()
            .map(|option| ((*option).to_owned(), "what it is".to_owned()))
            .collect(),
        demands: vec![
            ("image".to_owned(), Demand::Given),
            ("top".to_owned(), Demand::Count),
            ("unit".to_owned(), Demand::Given),
            ("unit".to_owned(), Demand::word(&["kib", "bytes"])),
        ],
        metrics: strings(metrics),
    };
    Vocabulary {
        facts: strings(&[
            "dockerfile",
            "entry-point",
            "language:go",
            "language:python",
            "framework:*",
        ]),
        collectors: vec![
            measurer("du", &["unit"], &["disk.size"]),
            measurer(
                "importtime",
                &["module", "top"],
                &[
                    "cache.hits",
                    "import.package",
                    "import.self",
                    "import.total",
                ],
            ),
            measurer("matches", &[], &[]),
        ],
        unusable: [(
            "shared".to_owned(),
            "b.wasm: the plugin `a` has one of that name".to_owned(),
        )]
        .into(),
        probes: vec![measurer(
            "image-registry",
            &["image", "platform"],
            &["image.size"],
        )],
        templates: strings(&["report.html", "report.md"]),
        placeholders: strings(&["entry", "out"]),
        settable: strings(&["entry"]),
        selectors: Some(strings(&[
            "DB-PERF-001",
            "PERF-001",
            "tag:orm",
            "pack:perf",
        ])),
        checklists: shelf(),
    }
}

/// One checklist, `ship`.
fn shelf() -> Shelf {
    let text = crate::checklist::tests::FULL;
    let facts = Vocabulary {
        facts: vec!["dockerfile".to_owned()],
        ..Vocabulary::default()
    };
    let file = crate::checklist::read("ship.toml", "ship", text, &facts);
    let mut shelf = Shelf::default();
    shelf.put("ship", file.map_err(|faults| faults.to_string()));
    shelf
}

/// A recipe in whose folder lies one script.
pub(crate) fn read_text(text: &str) -> Result<Recipe, Faults> {
    let written = Written {
        name: "quick-wins",
        layer: &Layer::BuiltIn,
        path: "recipes/quick-wins.toml",
        text,
        beside: &|path| match path {
            "quick-wins/sizes.py" => Ok("print({'size': 1})".to_owned()),
            "quick-wins/large.py" => Ok("#".repeat(200_000)),
            _ => Err(format!("there is no file recipes/{path}")),
        },
        base: &|name| match name {
            "measured" => read_text(FULL).map_err(|faults| faults.to_string()),
            "small" => read_text(SMALL).map_err(|faults| faults.to_string()),
            _ => Err(format!("there is no recipe `{name}`")),
        },
    };
    read(written, &vocabulary())
}

/// The faults of a recipe that has a head already.
fn faults(body: &str) -> String {
    let text = format!("schema = \"perfctl.recipe/1\"\ntitle = \"t\"\n{body}");
    read_text(&text)
        .expect_err("the recipe is faulty")
        .to_string()
}

#[test]
fn a_recipe_is_read_in_full() {
    let recipe = read_text(FULL).unwrap_or_else(|faults| panic!("{faults}"));
    assert_eq!(recipe.name, "quick-wins");
    let names: Vec<&str> = recipe
        .params
        .iter()
        .map(|param| param.name.as_str())
        .collect();
    assert_eq!(
        names,
        ["python", "image", "runs"],
        "params keep the order of the file"
    );
    assert_eq!(recipe.params[0].default.as_deref(), Some(""));
    assert_eq!(recipe.params[1].default, None);
    let ids: Vec<&str> = recipe.steps.iter().map(|step| step.id.as_str()).collect();
    assert_eq!(ids, ["rules", "imports", "image", "report"]);
    assert_eq!(recipe.steps[0].timeout, DEFAULT_TIMEOUT);
    let StepKind::Command(command) = &recipe.steps[1].kind else {
        panic!("a command")
    };
    assert_eq!(command.argv[0], "{python}");
    assert_eq!(command.ok_exit, [0, 1]);
    assert_eq!(command.env["PYTHONHASHSEED"], "0");
    assert_eq!(recipe.steps[1].timeout, Duration::from_secs(120));
    assert_eq!(recipe.budgets[0].max, Some(2.0));
    assert_eq!(
        (recipe.budgets[1].max, recipe.budgets[1].unit),
        (Some(500e6), Unit::Bytes)
    );
    assert_eq!(
        (recipe.budgets[2].min, recipe.budgets[2].unit),
        (Some(0.9), Unit::Ratio)
    );
    insta::assert_snapshot!(format!("{recipe:#?}"));
}

#[test]
fn an_empty_recipe_says_what_it_needs() {
    insta::assert_snapshot!(read_text("schema = \"perfctl.recipe/1\"\n").expect_err("empty"));
}

#[test]
fn parameters_are_held_against_their_kind_and_choices() {
    insta::assert_snapshot!(faults(
        r#"
[params.runs]
kind = "integr"
help = "how often"

[params.Mode]
default = "fast"
choices = ["quick", "thorough"]

[params.share]
kind = "number"
choices = [0.5, "half"]
default = 1
help = " "

[[step]]
kind = "rules"
"#
    ));
}

#[test]
fn steps_are_held_against_their_kind() {
    insta::assert_snapshot!(faults(
        r#"
[[step]]
id = "imports"
kind = "comand"
argv = ["x"]

[[step]]
id = "explain"
kind = "sql"
query = "select 1"

[[step]]
kind = "rules"
argv = ["x"]
select = ["DB-PERF-01", "tag:orn", "perf"]
tiemout = "90s"

[[step]]
kind = "report"
template = "report.pdf"
file = "../report.md"

[[step]]
id = "x"
argv = []
"#
    ));
}

#[test]
fn commands_are_held_against_what_exists() {
    insta::assert_snapshot!(faults(
        r#"
[params.python]
help = "the interpreter"

[[step]]
id = "imports"
kind = "command"
argv = ["{pyhton}", "-c", "print({})", "import {entry"]
env = { "A-B" = "1", PYTHONPATH = "{outt}" }
cwd = "/tmp"
ok_exit = [0, 256, "1"]
collector = "importtim"
options = { modul = "{entry}" }
after = ["ruels"]
when = ["!languge:python", "framwork:django", "framework:", "dockerfil"]
timeout = "0s"
retries = 11
items = ["perf-001"]
needs = { tools = [{ program = "python3" }], netwrok = true, consent = "yes" }

[[step]]
id = "shell"
kind = "command"
argv = "python3 -X importtime | head"
options = { top = 3 }

[[step]]
id = "probe"
kind = "probe"
collector = "image-registry"
options = { imag = "x" }

[[step]]
id = "empty"
kind = "command"
argv = [""]

[[step]]
id = "twice"
kind = "command"
argv = ["x"]
collector = "shared"
"#
    ));
}

#[test]
fn doubles_and_circles_are_named() {
    insta::assert_snapshot!(faults(
        r#"
[[step]]
kind = "rules"

[[step]]
kind = "rules"

[[step]]
id = "a"
kind = "rules"
after = ["c"]

[[step]]
id = "b"
kind = "rules"
after = ["rules", "a"]

[[step]]
id = "c"
kind = "rules"
after = ["b"]

[[step]]
id = "d"
kind = "rules"
after = ["d"]

[[step]]
id = "a"
kind = "report"
template = "report.md"

[[step]]
id = "two"
kind = "report"
template = "report.html"
file = "out.html"

[[step]]
id = "three"
kind = "report"
template = "report.html"
file = "out.html"
"#
    ));
}

#[test]
fn budgets_and_items_are_held_against_each_other() {
    insta::assert_snapshot!(faults(
        r#"
[[step]]
kind = "rules"

[[item]]
id = "PERF-001"
title = "a"

[[item]]
id = "PERF-001"
title = "b"

[[item]]
id = "perf 2"

[[budget]]
metric = "import.total"
why = "w"

[[budget]]
metric = "Import Total"
max = "2 sec"
why = ""

[[budget]]
metric = "image.size"
max = "500 MB"
min = "1 s"
why = "w"

[[budget]]
metric = "hits"
max = 0.5
min = 0.9
unit = "ratios"
why = "w"

[[budget]]
metric = "import.total"
max = "2 s"
unit = "count"
item = "PERF-002"
labels = { module = ["a"] }
mx = 3
"#
    ));
}

#[test]
fn what_a_collector_needs_and_what_budgets_hold_is_checked_before_anything_runs() {
    insta::assert_snapshot!(faults(
        r#"
[[step]]
id = "sizes"
kind = "command"
argv = ["du", "-k"]
collector = "du"

[[step]]
id = "more"
kind = "command"
argv = ["du", "-k"]
collector = "du"
options = { unit = "mb" }

[[step]]
id = "imports"
kind = "command"
argv = ["python3"]
collector = "importtime"
options = { top = "many" }

[[step]]
id = "image"
kind = "probe"
collector = "image-registry"
options = { image = "" }

[[step]]
id = "later"
kind = "probe"
collector = "image-registry"
options = { image = "{entry}" }

[[budget]]
metric = "import.totl"
max = "2 s"
why = "w"

[[budget]]
metric = "cache.misses"
max = 1
why = "w"
"#
    ));
    insta::assert_snapshot!(faults(
        r#"
[[step]]
kind = "rules"

[[budget]]
metric = "disk.size"
max = "2 MB"
why = "w"

[[budget]]
metric = "disk.sise"
max = "2 MB"
why = "w"
"#
    ));
}

#[test]
fn a_part_that_no_step_measures_and_a_time_for_runs_that_there_are_not_are_refused() {
    let said = faults(
        r#"
[[step]]
id = "one"
kind = "command"
argv = ["du", "-k"]
collector = "du"
options = { unit = "kib" }
repeat_within = "10s"

[[step]]
id = "none"
kind = "command"
argv = ["du", "-k"]
repeat = 1
repeat_within = "10s"

[[step]]
id = "warm"
kind = "command"
argv = ["python3"]
collector = "importtime"
warm_ups = 1
repeat_within = "10s"

[[budget]]
metric = "import.total"
max = "2 s"
parts = ["cache.hits", "disk.szie", "disk size"]
why = "w"
"#,
    );
    let once = "`repeat_within` ends several runs, but the command runs once";
    assert_eq!(said.matches(once).count(), 2, "{said}");
    assert!(
        said.contains("a metric `disk.szie`") && said.contains("`disk.size`"),
        "{said}"
    );
    assert!(!said.contains("a metric `disk size`"), "{said}");
    assert!(!said.contains("a metric `cache.hits`"), "{said}");
}

#[test]
fn a_script_beside_the_recipe_is_an_argument_with_its_braces() {
    let step = "[[step]]\nid = \"sizes\"\nkind = \"command\"\nargv = [\"python3\", \"-c\", { file = \"quick-wins/sizes.py\" }, \"{entry}\"]\n";
    let text = format!("schema = \"perfctl.recipe/1\"\ntitle = \"t\"\n{step}");
    let recipe = read_text(&text).unwrap_or_else(|faults| panic!("{faults}"));
    let StepKind::Command(command) = &recipe.steps[0].kind else {
        panic!("a command")
    };
    assert_eq!(command.argv[2], "print({{'size': 1}})");
    assert_eq!(
        perfctl_core::placeholder::names(&command.argv[2]),
        Ok(Vec::new())
    );
}

#[test]
fn a_script_must_lie_beside_its_recipe_and_fit_in_an_argument() {
    insta::assert_snapshot!(faults(
        r#"
[[step]]
id = "sizes"
kind = "command"
argv = ["python3", "-c", { file = "quick-wins/size.py" }]

[[step]]
id = "outside"
kind = "command"
argv = ["python3", "-c", { file = "../sizes.py" }, { text = "x" }]

[[step]]
id = "large"
kind = "command"
argv = ["python3", "-c", { file = "quick-wins/large.py" }]
"#
    ));
}

proptest::proptest! {
    #[test]
    fn a_recipe_with_a_changed_piece_never_panics(at in 0usize..4000, cut in 0usize..60, put in "[\\[\\]{}=\"'a-z0-9.\n ]{0,12}") {
        let chars: Vec<char> = FULL.chars().collect();
        let at = at.min(chars.len());
        let end = (at + cut).min(chars.len());
        let text: String = chars[..at].iter().copied().chain(put.chars()).chain(chars[end..].iter().copied()).collect();
        for fault in read_text(&text).err().map(Faults::into_list).unwrap_or_default() {
            proptest::prop_assert!(!fault.to_string().is_empty());
        }
    }
}
