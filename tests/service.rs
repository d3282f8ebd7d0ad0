//! The sample service, audited as a stranger's repository would be: cloned from a bare one, and held against EXPECTED.toml in both
//! directions. Knows what the sample holds from that file only.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::support::{Ran, World, project};
use crate::tidy::rule_folders;

/// What EXPECTED.toml says.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    finding: Vec<Entry>,
    silenced: Vec<Entry>,
    clean: Vec<Entry>,
    /// Defects that a rule does not see yet.
    #[serde(default)]
    missed: Vec<Entry>,
    /// What a rule takes for a defect though it is none.
    #[serde(default)]
    mistaken: Vec<Entry>,
    /// Rules over stores, platforms and shapes that the sample does not have: their cases alone show what they do.
    elsewhere: BTreeSet<String>,
}

/// One line of the sample, and what a rule has to say about it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    rule: String,
    path: String,
    text: String,
    why: String,
}

/// A rule, a path, a line.
type Spot = (String, String, u64);

impl Entry {
    /// Where it is: its text stands in its file exactly once.
    fn spot(&self) -> Spot {
        let text = std::fs::read_to_string(sample().join(&self.path))
            .unwrap_or_else(|error| panic!("EXPECTED.toml: {}: {error}", self.path));
        let places: Vec<usize> = text.match_indices(&self.text).map(|(at, _)| at).collect();
        assert_eq!(
            places.len(),
            1,
            "EXPECTED.toml: `{}` stands in {} {} times",
            self.text,
            self.path,
            places.len()
        );
        let line = 1 + text[..places[0]]
            .bytes()
            .filter(|byte| *byte == b'\n')
            .count() as u64;
        (self.rule.clone(), self.path.clone(), line)
    }
}

fn sample() -> PathBuf {
    project().join("tests/service")
}

fn expected() -> Expected {
    let text = std::fs::read_to_string(sample().join("EXPECTED.toml")).unwrap();
    toml::from_str(&text).unwrap_or_else(|error| panic!("EXPECTED.toml: {error}"))
}

/// The directories that running the sample leaves in it.
const LEFTOVERS: [&str; 5] = [
    "__pycache__",
    "node_modules",
    "perfctl-out",
    ".venv",
    ".pytest_cache",
];

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().flatten() {
        let (name, path) = (entry.file_name(), entry.path());
        if path.is_dir() {
            if !LEFTOVERS.iter().any(|leftover| name == *leftover) {
                copy(&path, &to.join(name));
            }
        } else {
            std::fs::copy(&path, to.join(name)).unwrap();
        }
    }
}

/// A finished audit of the sample.
pub(crate) struct Audit {
    pub(crate) world: World,
    ran: Ran,
    /// The directory with its outputs.
    pub(crate) out: PathBuf,
    /// `run.json`.
    pub(crate) run: Value,
}

/// Clones the sample from a bare repository and audits it.
pub(crate) fn audit(more: &[&str]) -> Audit {
    let world = World::new();
    copy(&sample(), &world.work());
    world
        .git(&["init", "-q", "-b", "main", "."])
        .git(&["add", "."])
        .git(&["commit", "-q", "-m", "one"]);
    world.git(&["clone", "-q", "--bare", ".", "../parcel.git"]);
    let mut args = vec![
        "recipe",
        "run",
        "quick-wins",
        "--repo",
        "../parcel.git",
        "--out",
        "../audit",
        "--format",
        "json",
    ];
    args.extend(more);
    let ran = world.run(&args).expect(1);
    let out = world.work().join("../audit").canonicalize().unwrap();
    let run =
        serde_json::from_str(&std::fs::read_to_string(out.join("run.json")).unwrap()).unwrap();
    Audit {
        world,
        ran,
        out,
        run,
    }
}

fn list<'v>(value: &'v Value, key: &str) -> &'v Vec<Value> {
    value[key]
        .as_array()
        .unwrap_or_else(|| panic!("`{key}` is a list"))
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key]
        .as_str()
        .unwrap_or_else(|| panic!("`{key}` is a text"))
}

/// Findings above low confidence: those that count, and those that a comment allows.
fn found(run: &Value) -> [BTreeMap<Spot, String>; 2] {
    let mut maps = [BTreeMap::new(), BTreeMap::new()];
    for finding in list(run, "findings")
        .iter()
        .filter(|finding| finding["confidence"] != "low")
    {
        let place = &finding["place"];
        let spot = (
            text(finding, "rule").to_owned(),
            text(place, "path").to_owned(),
            place["line"].as_u64().unwrap(),
        );
        let silenced = usize::from(!finding["silenced"].is_null());
        maps[silenced].insert(spot, text(finding, "message").to_owned());
    }
    maps
}

/// What differs from EXPECTED.toml, readable; empty when nothing does.
fn difference(run: &Value) -> String {
    let expected = expected();
    let [mut counting, mut silenced] = found(run);
    let mut out = String::new();
    for (entries, found, what) in [
        (&expected.finding, &mut counting, "not found"),
        (&expected.silenced, &mut silenced, "not silenced"),
    ] {
        for entry in entries {
            let (rule, path, line) = entry.spot();
            if found.remove(&(rule.clone(), path.clone(), line)).is_none() {
                writeln!(out, "{what}: {rule} {path}:{line}: {}", entry.why).unwrap();
            }
        }
    }
    for entry in &expected.missed {
        let (rule, path, line) = entry.spot();
        if counting
            .remove(&(rule.clone(), path.clone(), line))
            .is_some()
        {
            writeln!(out, "found now, so no gap: {rule} {path}:{line}").unwrap();
        }
    }
    for entry in &expected.mistaken {
        let (rule, path, line) = entry.spot();
        if counting
            .remove(&(rule.clone(), path.clone(), line))
            .is_none()
        {
            writeln!(out, "clean now, so no gap: {rule} {path}:{line}").unwrap();
        }
    }
    for entry in &expected.clean {
        let spot = entry.spot();
        if let Some(message) = counting.remove(&spot) {
            writeln!(
                out,
                "false alarm: {} {}:{}: {message}\n    it is none: {}",
                spot.0, spot.1, spot.2, entry.why
            )
            .unwrap();
        }
    }
    for (found, what) in [
        (counting, "not expected"),
        (silenced, "silenced, not expected"),
    ] {
        for ((rule, path, line), message) in found {
            writeln!(out, "{what}: {rule} {path}:{line}: {message}").unwrap();
        }
    }
    out
}

#[test]
fn every_known_defect_of_the_sample_is_found_and_nothing_else() {
    let audit = audit(&[]);
    assert_eq!(
        list(&audit.run, "problems"),
        &Vec::<Value>::new(),
        "every file was read"
    );
    let difference = difference(&audit.run);
    assert!(difference.is_empty(), "\n{difference}");
}

#[test]
fn audited_where_it_lies_the_sample_shows_the_same() {
    let world = World::new();
    let path = sample().display().to_string();
    world
        .run(&[
            "recipe",
            "run",
            "quick-wins",
            "--repo",
            &path,
            "--out",
            "../audit",
        ])
        .expect(1);
    let run: Value = serde_json::from_str(
        &std::fs::read_to_string(world.work().join("../audit/run.json")).unwrap(),
    )
    .unwrap();
    let difference = difference(&run);
    assert!(difference.is_empty(), "\n{difference}");
}

#[test]
fn the_sample_shows_a_defect_and_a_lookalike_for_every_rule() {
    let expected = expected();
    let rules = |entries: &[Entry]| {
        entries
            .iter()
            .map(|entry| entry.rule.clone())
            .collect::<BTreeSet<_>>()
    };
    let known: BTreeSet<String> = rule_folders()
        .iter()
        .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    let nowhere: Vec<_> = expected.elsewhere.difference(&known).collect();
    assert!(
        nowhere.is_empty(),
        "EXPECTED.toml: no rules are {nowhere:?}"
    );
    let shown: BTreeSet<String> = known.difference(&expected.elsewhere).cloned().collect();
    for (entries, what) in [
        (&expected.finding, "defect"),
        (&expected.clean, "lookalike"),
    ] {
        let missing: Vec<_> = shown.difference(&rules(entries)).cloned().collect();
        assert!(
            missing.is_empty(),
            "the sample has no {what} for {missing:?}"
        );
    }
    let both = rules(&expected.finding)
        .intersection(&rules(&expected.clean))
        .cloned()
        .collect();
    let forgotten: Vec<_> = expected.elsewhere.intersection(&both).collect();
    assert!(forgotten.is_empty(), "the sample shows {forgotten:?}");
    let mut spots = BTreeSet::new();
    for entry in expected
        .finding
        .iter()
        .chain(&expected.silenced)
        .chain(&expected.clean)
        .chain(&expected.missed)
        .chain(&expected.mistaken)
    {
        assert!(
            spots.insert(entry.spot()),
            "EXPECTED.toml: {} {} `{}` is listed twice",
            entry.rule,
            entry.path,
            entry.text
        );
    }
}

/// Fails with the first places where `value` breaks `schema`.
pub(crate) fn hold(schema: &Value, value: &Value, what: &str) {
    let validator = jsonschema::validator_for(schema).unwrap();
    let errors: Vec<String> = validator
        .iter_errors(value)
        .take(5)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{what}: {errors:#?}");
}

/// The schema of `run.json`, as the program prints it.
pub(crate) fn run_schema(world: &World) -> Value {
    serde_json::from_str(&world.run(&["schema", "run"]).expect(0).out()).unwrap()
}

#[test]
fn every_output_of_an_audit_is_whole() {
    let audit = audit(&[]);
    assert_eq!(
        serde_json::from_str::<Value>(&audit.ran.out()).unwrap()["id"],
        audit.run["id"],
        "standard output holds the same run"
    );

    hold(&run_schema(&audit.world), &audit.run, "run.json");
    let sarif: Value =
        serde_json::from_str(&std::fs::read_to_string(audit.out.join("findings.sarif")).unwrap())
            .unwrap();
    let official = include_str!("../host/crates/report/tests/schemas/sarif-schema-2.1.0.json");
    hold(
        &serde_json::from_str(official).unwrap(),
        &sarif,
        "findings.sarif",
    );
    let [counting, silenced] = found(&audit.run);
    let results = list(&sarif["runs"][0], "results");
    let open = results
        .iter()
        .filter(|result| result["suppressions"].as_array().is_none_or(Vec::is_empty))
        .count();
    assert_eq!(
        (open, results.len()),
        (counting.len(), counting.len() + silenced.len()),
        "SARIF holds what run.json holds"
    );

    let report = std::fs::read_to_string(audit.out.join("report.md")).unwrap();
    let lines: Vec<&str> = report.lines().collect();
    for item in list(&audit.run, "items") {
        let (id, verdict) = (text(item, "id"), text(item, "verdict"));
        let listed = lines
            .iter()
            .any(|line| line.starts_with(&format!("| {verdict} |")) && line.contains(id));
        assert!(
            listed,
            "report.md has no line of the checklist for {id}, {verdict}"
        );
    }
    for (rule, path, line) in counting.keys() {
        assert!(
            report.contains(&format!("{path}:{line}")),
            "report.md does not name {rule} {path}:{line}"
        );
    }

    let mut artifacts = 0;
    for step in list(&audit.run, "steps") {
        for artifact in step["artifacts"].as_array().into_iter().flatten() {
            let path = text(artifact, "path");
            let bytes = std::fs::read(audit.out.join(path))
                .unwrap_or_else(|error| panic!("{path}: {error}"));
            assert_eq!(artifact["size_bytes"], bytes.len(), "{path}");
            let digest: String = Sha256::digest(&bytes)
                .iter()
                .fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"));
            assert_eq!(text(artifact, "sha256"), digest, "{path}");
            artifacts += 1;
        }
    }
    assert!(artifacts > 0, "commands leave their raw outputs");
}

/// An interpreter without any package but its own, so that the result does not depend on this machine.
fn bare_python(world: &World) -> String {
    let made = world
        .command("python3")
        .args(["-m", "venv", "--without-pip", "../bare-python"])
        .output()
        .unwrap();
    assert!(
        made.status.success(),
        "{}",
        String::from_utf8_lossy(&made.stderr)
    );
    world
        .work()
        .parent()
        .unwrap()
        .join("bare-python/bin/python")
        .display()
        .to_string()
}

#[test]
fn a_missing_dependency_is_named_and_nothing_is_measured() {
    let world = World::new();
    let set = format!("python={}", bare_python(&world));
    let audit = audit(&["--set", &set]);
    let step = list(&audit.run, "steps")
        .iter()
        .find(|step| step["id"] == "imports")
        .unwrap();
    assert_eq!(step["status"], "needs-evidence", "{step:#}");
    assert!(text(step, "reason").contains("httpx"), "{step:#}");
    assert!(
        list(&audit.run, "metrics")
            .iter()
            .all(|metric| metric["name"] != "import.total"),
        "half an import is no measurement"
    );
}

#[test]
fn an_entry_point_of_the_standard_library_alone_is_measured() {
    let world = World::new();
    let set = format!("python={}", bare_python(&world));
    let audit = audit(&["--set", &set, "--set", "entry=parcel_cli.__main__"]);
    let metrics = list(&audit.run, "metrics");
    let sample = |name: &str, module: &str| {
        let fits = |metric: &&Value| {
            metric["name"] == name && (module.is_empty() || metric["labels"]["module"] == module)
        };
        let metric = metrics
            .iter()
            .find(fits)
            .unwrap_or_else(|| panic!("{name} {module}: {:#}", audit.run["steps"]));
        metric["samples"][0].as_f64().unwrap()
    };
    let total = sample("import.total", "");
    // `frames` computes a table of 65 536 rows when it is loaded: most of the time goes there.
    let slowest = sample("import.self", "parcel_cli.frames");
    assert!(slowest > total / 4.0, "{slowest} of {total}");
}
