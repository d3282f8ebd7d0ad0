//! Recipes on top of others, and the checklists that they name.

use super::*;

/// A recipe that extends [`FULL`].
fn extended(body: &str) -> Result<Recipe, Faults> {
    read_text(&format!(
        "schema = \"perfctl.recipe/1\"\ntitle = \"t\"\nextends = \"measured\"\n{body}"
    ))
}

#[test]
fn a_recipe_takes_over_what_it_extends_and_replaces_by_name() {
    let bare = extended("").unwrap_or_else(|faults| panic!("{faults}"));
    let full = read_text(FULL).expect("in order");
    assert_eq!((bare.title.as_str(), &bare.steps), ("t", &full.steps));
    assert_eq!((&bare.budgets, &bare.params), (&full.budgets, &full.params));
    let own = extended(
        r#"
checklist = ["ship/papers"]
[params.runs]
kind = "integer"
default = 9
help = "how often"
[params.top]
help = "how many"
[[step]]
id = "image"
kind = "rules"
after = ["imports"]
[[step]]
id = "last"
kind = "command"
argv = ["{python}", "{top}"]
after = ["image", "rules"]
[[budget]]
metric = "import.total"
labels = { module = "app" }
max = "1 s"
why = "stricter"
[[budget]]
metric = "disk.size"
max = "1 MB"
why = "w"
"#,
    );
    let faults = own.expect_err("no step makes `disk.size`").to_string();
    assert!(faults.contains("a metric `disk.size`"), "{faults}");
    assert!(!faults.contains("import.total"), "{faults}");
    let own = extended(
        "[params.runs]\nkind = \"integer\"\ndefault = 9\nhelp = \"how often\"\n[[step]]\nid = \"image\"\nkind = \"rules\"\nafter = [\"imports\"]\n\
         [[step]]\nid = \"last\"\nkind = \"command\"\nargv = [\"{python}\"]\nafter = [\"image\"]\n\
         [[budget]]\nmetric = \"import.total\"\nlabels = { module = \"app\" }\nmax = \"1 s\"\nwhy = \"stricter\"\n",
    )
    .unwrap_or_else(|faults| panic!("{faults}"));
    let ids: Vec<&str> = own.steps.iter().map(|step| step.id.as_str()).collect();
    assert_eq!(ids, ["rules", "imports", "image", "report", "last"]);
    assert_eq!(own.steps[2].kind.word(), "rules");
    assert_eq!(own.params[2].default.as_deref(), Some("9"));
    assert_eq!(own.budgets.len(), full.budgets.len());
    assert_eq!(own.budgets[0].max, Some(1.0));
}

#[test]
fn what_is_wrong_with_an_extension_is_said_where_it_is_written() {
    let fails = |body: &str| extended(body).expect_err(body).to_string();
    let circle = fails("[[step]]\nid = \"rules\"\nkind = \"rules\"\nafter = [\"imports\"]\n");
    assert!(
        circle.contains("steps wait for each other: rules -> imports -> rules"),
        "{circle}"
    );
    let twice = fails(
        "[[step]]\nid = \"mine\"\nkind = \"report\"\ntemplate = \"report.md\"\nfile = \"report.md\"\n",
    );
    assert!(
        twice.contains("two steps write `report.md`") && twice.contains("`report` of the extended"),
        "{twice}"
    );
    let none = read_text("schema = \"perfctl.recipe/1\"\ntitle = \"t\"\nextends = \"x\"\n");
    let none = none.expect_err("no such recipe").to_string();
    assert!(
        none.contains("recipe `x` cannot be extended") && !none.contains("needs a step"),
        "{none}"
    );
}

#[test]
fn a_recipe_names_checklists_by_name_and_section() {
    let head = "schema = \"perfctl.recipe/1\"\ntitle = \"t\"\n";
    let step = "[[step]]\nkind = \"rules\"\n";
    let named = read_text(&format!("{head}checklist = [\"ship/papers\"]\n{step}"));
    let named = named.unwrap_or_else(|faults| panic!("{faults}"));
    assert_eq!(named.checklists[0].sections[0].title, "Papers");
    assert_eq!(named.evidence[0].id.as_str(), "DOC-001");
    let slip = read_text(&format!(
        "{head}checklist = [\"shop\", \"ship/page\"]\n{step}"
    ));
    insta::assert_snapshot!(slip.expect_err("no such checklist"));
}
