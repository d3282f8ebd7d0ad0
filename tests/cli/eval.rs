//! `rule eval`: figures that anybody can repeat, from mirrors, clones and other tools' findings.

use serde_json::Value;

use crate::support::{World, project};

const CODE: &str =
    "import requests\n\n\ndef price(sku):\n    return requests.get(f\"https://x.example/{sku}\")\n";

/// A repository in the working directory with one true place in `shop/a.py`, and a bare copy in `../mirror/shop+api/repo`.
fn world() -> World {
    let world = World::new();
    world.file("shop/a.py", CODE).file("shop/b.py", CODE);
    world
        .git(&["init", "-q", "-b", "main", "."])
        .git(&["add", "."])
        .git(&["commit", "-q", "-m", "one"])
        .git(&["clone", "-q", "--bare", ".", "../mirror/shop+api/repo"]);
    let commit = head(&world);
    let lines = [
        ("shop/a.py", 5, "tp", "no timeout"),
        ("shop/b.py", 5, "fp", "a double"),
        ("shop/c.py", 9, "tp", "missed"),
    ]
    .map(|(path, line, verdict, why)| label("shop/api", &commit, path, line, verdict, why));
    world.file("../labels/one.jsonl", &lines.concat());
    world.file("../repos.json", &repos("shop/api", &commit, ""));
    world
}

fn head(world: &World) -> String {
    let mut git = world.command("git");
    let output = git.args(["rev-parse", "HEAD"]).output().unwrap();
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

fn label(repo: &str, commit: &str, path: &str, line: u32, verdict: &str, why: &str) -> String {
    format!(
        "{{\"repo\": \"{repo}\", \"commit\": \"{commit}\", \"rule\": \"NET-PERF-004\", \"path\": \"{path}\", \"line\": {line}, \
         \"verdict\": \"{verdict}\", \"why\": \"{why}\"}}\n"
    )
}

fn repos(repo: &str, commit: &str, more: &str) -> String {
    format!(
        "[{{\"repo\": \"{repo}\", \"commit\": \"{commit}\", \"scope_roots\": [\"*\"], \"exhaustive_rules\": [\"NET-PERF-004\"]{more}}}]"
    )
}

const EVAL: [&str; 6] = [
    "rule",
    "eval",
    "--labels",
    "../labels",
    "--repos",
    "../repos.json",
];

fn eval(world: &World, more: &[&str], code: i32) -> (Value, String) {
    let ran = world
        .run(&[&EVAL, more, &["--format", "json"]].concat())
        .expect(code);
    let document = serde_json::from_str(&ran.out()).unwrap_or_default();
    (document, ran.err())
}

#[test]
fn figures_are_those_of_the_reference_script_on_the_same_findings() {
    let dir = project().join("tests/captures/score");
    let at = |name: &str| dir.join(name).display().to_string();
    let ran = World::new()
        .run(&[
            "rule",
            "eval",
            "--labels",
            &at("labels.jsonl"),
            "--repos",
            &at("repos.json"),
            "--sarif",
            &at(""),
            "--format",
            "json",
        ])
        .expect(0);
    let ours: Value = serde_json::from_str(&ran.out()).unwrap();
    let theirs = std::fs::read_to_string(at("expected.json")).unwrap();
    let theirs: Value = serde_json::from_str(&theirs).unwrap();
    let same = |ours: &Value, theirs: &Value, rule: &str| {
        for count in ["right", "wrong", "new", "left", "tp", "met"] {
            let theirs = theirs[count].as_u64().unwrap_or(0);
            assert_eq!(ours[count].as_u64(), Some(theirs), "{rule}: {count}");
        }
        for figure in ["precision", "recall"] {
            assert_eq!(ours[figure], theirs[figure], "{rule}: {figure}");
        }
    };
    let rules = theirs.as_object().unwrap();
    for (rule, figures) in rules.iter().filter(|(rule, _)| *rule != "ALL") {
        same(&ours["rules"][rule], figures, rule);
    }
    let all = &theirs["ALL"];
    assert_eq!(ours["rules"].as_object().unwrap().len() + 1, rules.len());
    same(&ours["all"], all, "all");
    let means = &ours["mean_over_rules"];
    assert_eq!(means["precision"], all["macro_precision"]);
    assert_eq!(means["recall"], all["macro_recall"]);
}

#[test]
fn a_mirror_is_looked_at_at_the_labelled_commit_and_left_as_it_is() {
    let world = world();
    // What came later is not what was labelled.
    world.file("shop/a.py", "");
    world
        .git(&["add", "."])
        .git(&["commit", "-q", "-m", "two"])
        .git(&["push", "-q", "../mirror/shop+api/repo", "main"]);
    let mirror = world.work().join("../mirror/shop+api/repo");
    let listed = |dir: &std::path::Path| {
        let mut all: Vec<_> = std::fs::read_dir(dir)
            .unwrap()
            .flatten()
            .map(|entry| (entry.path(), entry.metadata().unwrap().modified().unwrap()))
            .collect();
        all.sort();
        all
    };
    let before = listed(&mirror);
    // A label of a file that is not there makes the figures say less than they should.
    let (document, said) = eval(&world, &["--mirror", "../mirror", "--show", "all"], 3);
    assert!(
        said.contains("warning: shop/api") && said.contains("shop/c.py, which is not there"),
        "{said}"
    );
    assert_eq!(listed(&mirror), before);
    let rule = &document["rules"]["NET-PERF-004"];
    assert_eq!(
        ["right", "wrong", "tp", "met"].map(|count| rule[count].as_u64().unwrap()),
        [1, 1, 2, 1]
    );
    assert_eq!(document["mean_over_repositories"]["recall"], 0.5);
    let shown: Vec<String> = document["shown"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| format!("{} {}", one["kind"], one["path"]).replace('"', ""))
        .collect();
    assert_eq!(shown, ["fp shop/b.py", "fn shop/c.py"]);
    let trouble = document["repositories"][0]["troubles"][0].as_str();
    assert!(trouble.unwrap().contains("shop/c.py, which is not there"));
}

#[test]
fn people_see_a_table_and_the_places_in_question() {
    let world = world();
    let ran = world
        .run(&[&EVAL[..], &["--mirror", "../mirror", "--show", "all", "-v"]].concat())
        .expect(3);
    insta::assert_snapshot!(ran.out(), @r"
    fp   shop/api NET-PERF-004 shop/b.py:5  a double
    fn   shop/api NET-PERF-004 shop/c.py:9  missed

    RULE           RIGHT   WRONG    NEW  PRECISION   FOUND      OF  RECALL
    NET-PERF-004       1       1      0      0.500       1       2   0.500
    all                1       1      0      0.500       1       2   0.500

    REPOSITORY   RIGHT   WRONG    NEW  PRECISION   FOUND      OF  RECALL
    shop/api         1       1      0      0.500       1       2   0.500
    all              1       1      0      0.500       1       2   0.500

    mean over rules: precision 0.500, recall 0.500
    mean over repositories: precision 0.500, recall 0.500
    1 of 1 repositories scored, 3 labels
    shop/api: ../labels/one.jsonl:3: labels speak of shop/c.py, which is not there

    RIGHT findings meet a label of a defect. WRONG ones meet a label that says there is none, or no label where all defects are
    labelled; NEW says how many of them are of the latter kind: look at those, a label may be missing. FOUND are the labelled
    defects that a finding meets, OF how many. `--show` lists places: fp (wrong by a label), new, fn (a defect not found).
    ");
}

#[test]
fn a_rule_that_broke_behind_what_it_found_is_told_and_makes_the_run_bad() {
    let world = world();
    let rule = "../org/plugins/own/OWN-001";
    world
        .file(
            "../org/plugins/own/pack.toml",
            "schema = \"perfctl.pack/1\"\nid = \"own\"\ntitle = \"own rules\"\nversion = \"0.1.0\"\nedition = 1\n",
        )
        .file(
            &format!("{rule}/rule.toml"),
            "schema = \"perfctl.rule/1\"\nid = \"OWN-001\"\ntitle = \"t\"\ncategory = \"own\"\nseverity = \"low\"\nlanguages = [\"python\"]\neffort = \"S\"\n\
             [[match]]\nkind = \"call\"\ncalled = [\"get\"]\n\
             [help]\nwhat = \"w\"\nwhy = \"y\"\nsource = \"s\"\nexample = \"e\"\nfix = \"f\"\nfalse_alarms = \"a\"\n",
        )
        .file(
            &format!("{rule}/rule.lua"),
            "return { check = function(file, matches, report)\n  if file.path == 'shop/b.py' then error('no more') end\n  \
             for _, m in matches do report({ at = m.node, message = 'x' }) end\nend }\n",
        )
        .file(
            "../labels/own.jsonl",
            &label("shop/api", &head(&world), "shop/a.py", 5, "tp", "x").replace("NET-PERF-004", "OWN-001"),
        );
    let own = [
        "--mirror",
        "../mirror",
        "--config",
        "../org",
        "--select",
        "OWN-001",
    ];
    let (document, said) = eval(&world, &own, 3);
    let troubles = document["repositories"][0]["troubles"].to_string();
    let broke = "OWN-001: it broke, so there may be more than it found";
    assert!(troubles.contains(broke), "{troubles}");
    assert!(said.contains(broke), "{said}");
    let people = world.run(&[&EVAL[..], &own].concat()).expect(3).out();
    assert!(people.contains(broke), "{people}");
}

#[test]
fn what_is_not_there_is_named_and_counted() {
    let world = world();
    let commit = head(&world);
    world.file(
        "../labels/two.jsonl",
        &label("shop/web", &commit, "a.py", 1, "tp", "x"),
    );
    let (document, _) = eval(&world, &["--mirror", "../mirror"], 3);
    let other = &document["repositories"][1];
    assert_eq!(other["repo"], "shop/web");
    assert_eq!(other["not_scored"], "no mirror holds it");
    assert_eq!(document["rules"]["NET-PERF-004"]["tp"], 2);
    // Without any there is nothing to tell.
    let (_, said) = eval(&world, &[], 2);
    assert!(said.contains("none of 2 labelled repositories"), "{said}");
    assert!(said.contains("`--fetch`"), "{said}");
}

#[test]
fn a_repository_is_cloned_only_when_asked_for_and_counts_without_a_description() {
    let world = world();
    let commit = head(&world);
    let url = format!(
        "file://{}",
        world.work().join("../mirror/shop+api/repo").display()
    );
    world.file(
        "../repos.json",
        &repos("shop/api", &commit, &format!(", \"url\": \"{url}\"")),
    );
    eval(&world, &[], 2);
    let (document, _) = eval(&world, &["--fetch"], 3);
    assert_eq!(document["all"]["right"], 1);
    // No `repos.json` speaks of it: what has no label says nothing, and recall counts what is labelled.
    world.file("../labels/one.jsonl", "");
    let only = label(&url, &commit, "shop/a.py", 5, "tp", "no timeout");
    world.file("../labels/own/two.jsonl", &only);
    let (document, _) = eval(&world, &["--fetch"], 0);
    let all = &document["all"];
    assert_eq!(
        ["right", "wrong", "left", "tp", "met"].map(|count| all[count].as_u64().unwrap()),
        [1, 0, 1, 1, 1]
    );
}

#[test]
fn a_figure_below_its_limit_fails() {
    let world = world();
    let gate = |name: &str, least: &str, code: i32| {
        let args = ["--mirror", "../mirror", name, least];
        world.run(&[&EVAL[..], &args].concat()).expect(code).err()
    };
    let said = gate("--min-precision", "0.6", 1);
    assert!(
        said.contains("pooled precision is 0.500, below the 0.6"),
        "{said}"
    );
    gate("--min-recall", "0.5", 3);
    assert!(gate("--min-recall", "92", 2).contains("a share from 0 to 1"));
}

#[test]
fn other_rules_are_left_alone_and_a_slip_is_told() {
    let world = world();
    let (_, said) = eval(
        &world,
        &["--mirror", "../mirror", "--select", "CONC-001"],
        2,
    );
    assert!(said.contains("no label speaks of these rules"), "{said}");
    let (_, said) = eval(
        &world,
        &["--mirror", "../mirror", "--select", "NET-PERF-04"],
        2,
    );
    assert!(said.contains("did you mean `NET-PERF-004`?"), "{said}");
    world.file(
        "../labels/three.jsonl",
        "\n{\"repo\": \"shop/api\", \"lin\": 3}\n",
    );
    let (_, said) = eval(&world, &["--mirror", "../mirror"], 2);
    assert!(said.contains("../labels/three.jsonl:2"), "{said}");
    assert!(said.contains("did you mean `line`?"), "{said}");
}

#[test]
fn what_was_found_can_be_kept_and_scored_again() {
    let world = world();
    let (first, _) = eval(
        &world,
        &["--mirror", "../mirror", "--write-sarif", "../found"],
        3,
    );
    let (again, _) = eval(&world, &["--sarif", "../found"], 0);
    assert_eq!(first["rules"], again["rules"]);
    let (_, said) = eval(&world, &["--sarif", "../labels"], 2);
    assert!(
        said.contains("there is no ../labels/shop+api.sarif"),
        "{said}"
    );
}
