//! A large repository: perfctl's first rules beside parsing alone and beside ten rules in other tools, and all of its rules beside the
//! first ones.
//!
//! Ratios to other tools are those of the 22 rules that perfctl began with: what the other tools run does not grow with our catalogue.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::probe::{self, PARSE, Subject, in_turns, is_installed};
use crate::repository::Repository;
use crate::{PERFCTL, table};

/// The ten rules, five over text and five over structure, as each tool writes them.
fn rules(file: &str) -> OsString {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("benches/speed/rules")
        .join(file)
        .into()
}

/// The rules that perfctl began with, one id in a line.
const FIRST: &str = include_str!("rules/first.txt");

fn check(name: &str, dir: &Path, rules: &str) -> Subject {
    let mut args: Vec<OsString> = vec![PERFCTL.into(), "check".into(), "--format=json".into()];
    for rule in rules.lines() {
        args.push(format!("--select={rule}").into());
    }
    args.push(dir.into());
    let mut subject = Subject::new(name, args);
    // Settings and rules of whoever runs the bench stay out of it.
    subject.variables = vec![("XDG_CONFIG_HOME", "/nonexistent".into())];
    subject
}

/// Subjects that are not perfctl, each if it is installed.
fn others(python: &Path) -> Vec<Subject> {
    let dir: OsString = python.into();
    let mut all = Vec::new();
    let mut add = |program: &str, subject: Subject| {
        if is_installed(program) {
            all.push(subject);
        } else {
            table::say(&format!("{program} is not installed and is left out"));
        }
    };
    let words = |words: &[&str]| -> Vec<OsString> { words.iter().map(OsString::from).collect() };
    let ripgrep = [
        words(&["rg", "-tpy", "-n", "--hidden", "-f"]),
        vec![rules("rg.txt"), dir.clone()],
    ]
    .concat();
    add("rg", Subject::new("ripgrep, 5 regexes", ripgrep));
    let ast_grep = [
        words(&["ast-grep", "scan", "--json=stream", "-r"]),
        vec![rules("ast-grep.yml"), dir.clone()],
    ]
    .concat();
    add("ast-grep", Subject::new("ast-grep, 10 rules", ast_grep));
    let semgrep = [
        words(&[
            "semgrep",
            "scan",
            "--metrics=off",
            "--disable-version-check",
            "-q",
            "--no-git-ignore",
            "--max-target-bytes=0",
            "--timeout=0",
            "-j2",
            "--json",
            "--config",
        ]),
        vec![rules("semgrep.yml"), dir],
    ]
    .concat();
    add("semgrep", Subject::new("semgrep, 10 rules", semgrep));
    all
}

/// Times the scan and says whether the targets hold.
pub(crate) fn run(repository: &Repository, rounds: usize) -> Result<bool, String> {
    let own = std::env::current_exe().map_err(|error| error.to_string())?;
    let parser: [OsString; 3] = [own.into(), PARSE.into(), (&repository.python).into()];
    let mut subjects = vec![
        Subject::new("ruff's parser alone", parser),
        check("perfctl check, the first rules", &repository.python, FIRST),
        check("perfctl check, all rules", &repository.python, ""),
    ];
    let (slow, quick): (Vec<Subject>, Vec<Subject>) = others(&repository.python)
        .into_iter()
        .partition(|subject| subject.name.starts_with("semgrep"));
    subjects.extend(quick);
    let mut runs = in_turns(&subjects, rounds)?;
    // A minute a turn: one turn says enough about a ratio of thirty.
    runs.extend(in_turns(&slow, 1)?);
    subjects.extend(slow);
    let title = format!(
        "{}: its {} Python files",
        repository.name, repository.python_files
    );
    table::print(&title, &subjects, &runs, 0);
    let perfctl = runs[1];
    let of = |name: &str| {
        let at = subjects
            .iter()
            .position(|subject| subject.name.starts_with(name));
        at.map(|at| runs[at].cpu / perfctl.cpu)
    };
    let mut holds = table::at_most(
        "processor time to ruff's parser",
        perfctl.cpu / runs[0].cpu,
        3.0,
        "x",
    );
    if let Some(ratio) = of("ast-grep") {
        holds &= table::at_least("processor time below ast-grep", ratio, 4.0, "x");
    }
    if let Some(ratio) = of("semgrep") {
        holds &= table::at_least("processor time below semgrep", ratio, 30.0, "x");
    }
    holds &= table::at_most(
        "all rules to the first ones",
        runs[2].cpu / perfctl.cpu,
        1.5,
        "x processor time",
    );
    holds &= table::at_most("peak memory", runs[2].peak, 300.0, " MiB");

    let subjects = [check(
        "perfctl check, whole repository",
        &repository.whole,
        "",
    )];
    let runs = in_turns(&subjects, rounds)?;
    let title = format!("{}: all of it", repository.name);
    table::print(&title, &subjects, &runs, 0);
    holds &= table::at_most("peak memory", runs[0].peak, 300.0, " MiB");
    Ok(holds)
}

/// Parses all Python files below `dir` with ruff's parser, on two threads, and does nothing else with them: what any tool over this
/// parser needs at least.
pub(crate) fn parse_all(dir: &Path) {
    let mut files: Vec<PathBuf> = Vec::new();
    probe::files_below(dir, &mut |path| files.push(path));
    let next = AtomicUsize::new(0);
    let (files, next) = (&files, &next);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(move || {
                while let Some(path) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if let Ok(text) = std::fs::read_to_string(path) {
                        let options = ruff_python_parser::ParseOptions::from(
                            ruff_python_parser::Mode::Module,
                        );
                        std::hint::black_box(
                            ruff_python_parser::parse_unchecked(&text, options).syntax(),
                        );
                    }
                }
            });
        }
    });
}
