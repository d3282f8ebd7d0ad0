//! The collector on captured outputs of six interpreters, and on trees and bytes made at random.

use perfctl_core::seams::{Collected, Collector, Output};
use proptest::prelude::*;

use super::line::{Report, Timing};
use super::*;
use crate::capture::{all, labelled, options, streams, value};

fn collect(output: Output<'_>, pairs: &[(&str, &str)]) -> Collected {
    ImportTime
        .collect(output, &options(pairs))
        .expect("readable")
}

/// Collects a run that ended with exit code 0 and must be conclusive.
fn whole(name: &str, module: &str) -> Collected {
    let streams = streams(&format!("importtime/{name}"));
    let collected = collect(streams.exit(0), &[("module", module)]);
    assert_eq!(collected.inconclusive, None, "{name}");
    collected
}

/// Collects a run that must be inconclusive without a single number that a budget could name.
fn broken(output: Output<'_>, pairs: &[(&str, &str)]) -> String {
    let collected = collect(output, pairs);
    for metric in &collected.metrics {
        assert!(
            metric.name.as_str().ends_with(ending::PARTIAL),
            "{}",
            metric.name
        );
    }
    collected.inconclusive.expect("inconclusive")
}

fn artifact(collected: &Collected, name: &str) -> Vec<u8> {
    let found = collected
        .artifacts
        .iter()
        .find(|(artifact, _)| artifact == name);
    found
        .map(|(_, bytes)| bytes.clone())
        .expect("the artifact is there")
}

#[test]
fn an_import_that_went_on_without_a_declared_dependency_is_not_whole() {
    let streams = streams("importtime/py311-nested");
    let options = [
        ("module", "pkg_nested"),
        ("absent", "import absent: "),
        ("needed", "import needed: "),
    ];
    let with = |stdout: &'static [u8]| Output {
        stdout,
        ..streams.exit(0)
    };
    let optional = collect(with(b"import absent: ujson app/j.py:3\n"), &options);
    assert_eq!(optional.inconclusive, None);
    assert!(
        optional
            .notes
            .iter()
            .any(|note| note.contains("`ujson` (app/j.py:3)")),
        "{:?}",
        optional.notes
    );
    let why = broken(
        with(b"import absent: ujson app/j.py:3\nimport needed: redis app/c.py:1\n"),
        &options,
    );
    assert!(
        why.contains("`redis` (app/c.py:1)") && !why.contains("ujson"),
        "{why}"
    );
}

#[test]
fn the_total_is_the_entry_modules_and_start_up_is_apart() {
    let collected = whole("py311-nested", "pkg_nested");
    assert_eq!(value(&collected, "import.total"), 0.140179);
    assert_eq!(value(&collected, "import.modules"), 30.0);
    // _frozen_importlib_external, zipimport, encodings, encodings.utf_8, _signal, io and site.
    assert_eq!(value(&collected, "import.startup"), 0.060063);
    assert_eq!(
        labelled(&collected, "import.self", "module", "pkg_nested.sub.deep"),
        Some(0.050336)
    );
    assert_eq!(
        labelled(&collected, "import.cumulative", "module", "pkg_nested.sub"),
        Some(0.068797)
    );
    assert_eq!(
        labelled(&collected, "import.package", "package", "pkg_nested"),
        Some(0.054122)
    );
    assert!(collected.notes.is_empty(), "{:?}", collected.notes);
}

#[test]
fn every_interpreter_and_way_to_ask_is_read() {
    for (name, module, total) in [
        ("py37-package", "pk.sub.app", None),
        ("py38-json", "json", Some(0.050014)),
        ("py311-json-warm", "json", None),
        ("py311-dash-I", "json", None),
        ("py311-env-var", "pkg_nested", None),
        ("py311-no-site", "json", Some(0.008379)),
        ("py313-json", "json", None),
        // `-X importtime=3`, which 3.13 takes without a word.
        ("py313-fail-invalid-opt", "json", Some(0.145243)),
        ("py311-fastapi", "fastapi", Some(1.840197)),
        ("py313-pandas", "pandas", None),
        ("py311-unicode-module", "modulé", Some(0.110483)),
    ] {
        let collected = whole(name, module);
        let found = value(&collected, "import.total");
        assert!(
            found > 0.0 && total.is_none_or(|total| total == found),
            "{name}: {found}"
        );
        assert!(collected.notes.is_empty(), "{name}: {:?}", collected.notes);
        assert!(all(&collected, "import.self").len() <= 20, "{name}");
    }
}

#[test]
fn without_a_named_module_everything_after_start_up_counts_but_what_runs_the_command() {
    // 3.13 imports `linecache` for `-c`, and a name that is not ASCII needs `unicodedata`.
    for (name, module) in [("py313-json", "json"), ("py311-unicode-module", "modulé")] {
        let streams = streams(&format!("importtime/{name}"));
        let collected = collect(streams.exit(0), &[]);
        let named = value(&whole(name, module), "import.total");
        assert_eq!(value(&collected, "import.total"), named, "{name}");
    }
    let streams = streams("importtime/py311-run-module");
    let collected = collect(streams.exit(0), &[]);
    assert!(
        collected.notes[0].contains("pk.sub, csv"),
        "{:?}",
        collected.notes
    );
}

#[test]
fn no_start_up_costs_nothing_and_not_minus_nothing() {
    let stderr = b"import time: self [us] | cumulative | imported package\nimport time:         7 |          7 | app\n";
    let output = Output {
        stdout: b"",
        stderr,
        exit_code: Some(0),
        timed_out: false,
    };
    let startup = value(&collect(output, &[("module", "app")]), "import.startup");
    assert!(startup == 0.0 && startup.is_sign_positive());
}

#[test]
fn noise_of_the_program_is_not_taken_for_imports() {
    let collected = whole("py311-noisy", "noisy");
    assert_eq!(value(&collected, "import.total"), 0.121354);
    // The line that the program's text was glued to is there, the look-alike is not.
    let tree = String::from_utf8(artifact(&collected, "import-tree.txt")).expect("text");
    assert!(
        tree.contains("  colorsys\n") && !tree.contains("line\n"),
        "{tree}"
    );
}

#[test]
fn the_top_option_limits_the_worst_modules() {
    let streams = streams("importtime/py311-fastapi");
    let collected = collect(streams.exit(0), &[("module", "fastapi"), ("top", "3")]);
    for name in ["import.self", "import.cumulative", "import.package"] {
        let worst: Vec<f64> = all(&collected, name)
            .iter()
            .map(|metric| metric.samples[0])
            .collect();
        assert!(
            worst.len() == 3 && worst.is_sorted_by(|a, b| a >= b),
            "{name}: {worst:?}"
        );
    }
    let error = ImportTime
        .collect(streams.exit(0), &options(&[("top", "all")]))
        .expect_err("no number");
    assert!(error.message.contains("`top`"));
}

#[test]
fn packages_add_up_to_the_total() {
    let streams = streams("importtime/py313-pandas");
    let collected = collect(streams.exit(0), &[("module", "pandas"), ("top", "100000")]);
    let sum: f64 = all(&collected, "import.package")
        .iter()
        .map(|metric| metric.samples[0])
        .sum();
    let total = value(&collected, "import.total");
    // Every line is rounded up to a microsecond.
    assert!(
        (sum - total).abs() < 1e-6 * 2.0 * value(&collected, "import.modules"),
        "{sum} {total}"
    );
}

#[test]
fn a_module_that_raises_is_not_fast() {
    let streams = streams("importtime/py311-fail-broken-mid");
    let why = broken(streams.exit(1), &[("module", "broken_mid")]);
    assert!(
        why.contains("RuntimeError: broken at import") && why.contains("`broken_mid`"),
        "{why}"
    );
    let streams = crate::capture::streams("importtime/py311-fail-syntaxerror");
    let why = broken(streams.exit(1), &[("module", "syntaxbad")]);
    assert!(why.contains("SyntaxError: invalid syntax"), "{why}");
}

#[test]
fn an_absent_dependency_is_named_with_what_would_be_measured() {
    for name in [
        "py312-fail-missing-dependency",
        "py313-fail-missing-dependency",
    ] {
        let streams = streams(&format!("importtime/{name}"));
        let why = broken(streams.exit(1), &[("module", "needs")]);
        assert!(
            why.contains("the dependency `no_such_dependency` is not installed"),
            "{name}: {why}"
        );
        assert!(
            why.contains("with it the import time of `needs` would be measured"),
            "{name}: {why}"
        );
    }
    let streams = streams("importtime/py311-fail-missing");
    let why = broken(streams.exit(1), &[("module", "no_such_module_xyz")]);
    assert!(why.contains("the entry module was not found"), "{why}");
    let why = broken(streams.exit(1), &[]);
    assert!(why.contains("the dependency `no_such_module_xyz`"), "{why}");
}

#[test]
fn an_absent_shared_library_is_named() {
    let streams = streams("importtime/py313-fail-shared-library");
    let why = broken(streams.exit(1), &[("module", "clib")]);
    assert!(
        why.contains("the shared library `libpq.so.5` is absent"),
        "{why}"
    );
}

#[test]
fn a_run_that_left_or_was_ended_early_is_partial() {
    let left = streams("importtime/py311-fail-os-exit");
    assert!(broken(left.exit(3), &[("module", "exits")]).contains("exit code 3"));
    let timeout = streams("importtime/py311-fail-timeout");
    assert!(
        broken(timeout.timed_out(), &[("module", "slow_imp")])
            .contains("the timeout ended the command")
    );
    assert!(broken(timeout.exit(124), &[("module", "slow_imp")]).contains("exit code 124"));
    let killed = streams("importtime/py311-fail-sigkill");
    assert!(
        broken(killed.killed(), &[("module", "killed")]).contains("a signal ended the command")
    );
    assert!(broken(killed.exit(137), &[("module", "killed")]).contains("signal 9 ended python"));
    // Exit code 0, and yet children without their importer.
    let quiet = streams("importtime/py311-os-exit-0");
    assert!(broken(quiet.exit(0), &[("module", "leaves_hard")]).contains("os._exit"));
    assert!(broken(quiet.exit(0), &[]).contains("os._exit"));
}

#[test]
fn what_a_partial_run_had_done_is_kept_under_partial_names() {
    let streams = streams("importtime/py311-fail-timeout");
    let collected = collect(streams.timed_out(), &[("module", "slow_imp")]);
    assert_eq!(value(&collected, "import.total.partial"), 0.067873);
    let tree = String::from_utf8(artifact(&collected, "import-tree.txt")).expect("text");
    assert!(tree.contains("= unfinished\n"), "{tree}");
}

#[test]
fn leaving_with_exit_code_0_is_found_by_the_marker_alone() {
    let pairs = [("module", "leaves"), ("marker", "import done")];
    let left = streams("importtime/py311-sys-exit-0");
    assert!(broken(left.exit(0), &pairs).contains("lacks the marker"));
    let done = streams("importtime/py311-marker");
    let collected = collect(
        done.exit(0),
        &[("module", "pk.sub.app"), ("marker", "import done")],
    );
    assert_eq!(collected.inconclusive, None);
}

#[test]
fn another_python_process_is_in_the_tree_and_not_in_the_metrics() {
    let streams = streams("importtime/py311-subprocess");
    let collected = collect(streams.exit(0), &[]);
    assert_eq!(collected.inconclusive, None);
    assert_eq!(value(&collected, "import.total"), 0.253199);
    assert!(
        collected.notes[0].contains("1 further Python process"),
        "{:?}",
        collected.notes
    );
    let tree = String::from_utf8(artifact(&collected, "import-tree.txt")).expect("text");
    assert!(tree.contains("= other-process\n"), "{tree}");
    // Named, but only imported over there.
    let csv = collect(streams.exit(0), &[("module", "csv")]);
    assert_eq!(value(&csv, "import.total"), 0.146267);
}

#[test]
fn an_import_that_starts_a_process_keeps_what_it_imports_afterwards() {
    let collected = whole("py311-subprocess-within", "uses_subprocess");
    let tree: serde_json::Value =
        serde_json::from_slice(&artifact(&collected, "import-tree.json")).expect("JSON");
    let modules = tree["modules"].as_array().expect("a list");
    let part = |name: &str| {
        modules
            .iter()
            .find(|module| module["module"] == name)
            .map(|module| module["part"].clone())
            .expect("listed")
    };
    assert_eq!(part("xml.dom"), "entry");
    assert_eq!(part("decimal"), "other-process");
    assert_eq!(tree["complete"], true);
}

#[test]
fn threads_are_said_to_blur_single_modules() {
    let collected = whole("py311-threads", "threads");
    assert!(
        collected.notes.iter().any(|note| note.contains("threads")),
        "{:?}",
        collected.notes
    );
    assert!(value(&collected, "import.total") > 0.0);
}

#[test]
fn an_entry_that_leaves_no_line_is_inconclusive() {
    let run = streams("importtime/py311-run-module");
    let why = broken(run.exit(0), &[("module", "pk.sub.app")]);
    assert!(why.contains("no line for `pk.sub.app`"), "{why}");
    let loaded = streams("importtime/py311-json-warm");
    assert!(
        broken(loaded.exit(0), &[("module", "os")]).contains("loaded while the interpreter starts")
    );
    let nothing = streams("importtime/py311-nothing");
    assert!(broken(nothing.exit(0), &[]).contains("nothing was imported"));
}

#[test]
fn a_module_imported_by_another_is_found_below_it() {
    let collected = whole("py311-fastapi", "starlette.applications");
    assert_eq!(value(&collected, "import.total"), 0.009879);
    assert!(
        collected.notes[0].contains("imported by another module"),
        "{:?}",
        collected.notes
    );
}

#[test]
fn an_interpreter_that_reports_nothing_is_inconclusive() {
    // 3.6 takes `-X importtime` and prints nothing at all.
    let silent = Output {
        stdout: b"",
        stderr: b"",
        exit_code: Some(0),
        timed_out: false,
    };
    assert!(broken(silent, &[]).contains("CPython 3.7 or newer"));
    let refused = Output {
        stderr: b"Fatal Python error: config_init_import_time: -X importtime: wrong value\nPython runtime state: preinitialized\n",
        exit_code: Some(1),
        ..silent
    };
    assert!(broken(refused, &[]).contains("config_init_import_time"));
    assert!(
        broken(
            Output {
                timed_out: true,
                ..silent
            },
            &[]
        )
        .contains("timeout")
    );
    assert!(
        broken(
            Output {
                exit_code: Some(127),
                ..silent
            },
            &[]
        )
        .contains("exit code 127")
    );
}

/// A tree as a program would import it: own time, name, children.
#[derive(Clone, Debug)]
struct Import {
    own: i64,
    module: String,
    children: Vec<Import>,
}

impl Import {
    fn cumulative(&self) -> i64 {
        self.own + self.children.iter().map(Import::cumulative).sum::<i64>()
    }

    /// Writes the lines as CPython does, children first, and notes what a parser must find, importers first.
    fn write(&self, depth: usize, text: &mut String, noise: &[String]) {
        for child in &self.children {
            child.write(depth + 1, text, noise);
        }
        if let Some(glue) = noise.get(self.own as usize % 7) {
            text.push_str(glue);
        }
        let cumulative = self.cumulative();
        text.push_str(&line::write(&Timing {
            own: self.own,
            cumulative,
            depth,
            module: self.module.clone(),
        }));
    }

    fn list(&self, level: usize, found: &mut Vec<(String, i64, usize)>) {
        found.push((self.module.clone(), self.own, level));
        for child in &self.children {
            child.list(level + 1, found);
        }
    }
}

fn import() -> impl Strategy<Value = Import> {
    let leaf = (0i64..2_000_000_000, "[a-zé_][a-z0-9_.é]{0,12}").prop_map(|(own, module)| Import {
        own,
        module,
        children: Vec::new(),
    });
    leaf.prop_recursive(6, 64, 5, |inner| {
        (
            0i64..2_000_000_000,
            "[a-z]{1,8}",
            prop::collection::vec(inner, 0..5),
        )
            .prop_map(|(own, module, children)| Import {
                own,
                module,
                children,
            })
    })
}

proptest! {
    #[test]
    fn what_cpython_would_print_reads_back_as_the_same_tree(
        tops in prop::collection::vec(import(), 1..5),
        noise in prop::collection::vec("[ -~]{0,20}\n?", 0..6),
    ) {
        let mut text = String::from("import time: self [us] | cumulative | imported package\n");
        let mut expected = Vec::new();
        for top in &tops {
            top.write(0, &mut text, &noise);
            top.list(0, &mut expected);
        }
        let forest = forest::grow(&line::scan(text.as_bytes()).reports);
        let found: Vec<(String, i64, usize)> = forest
            .walk(&forest.processes[0].roots)
            .into_iter()
            .map(|(node, level)| (forest.timing(node).module.clone(), forest.timing(node).own, level))
            .collect();
        prop_assert_eq!(found, expected);
        prop_assert_eq!(forest.odd, 0);
        prop_assert!(forest.processes[0].orphans.is_empty());
    }

    #[test]
    fn any_bytes_are_read_without_panic(
        stderr in prop::collection::vec(any::<u8>(), 0..400),
        code in prop::option::of(any::<i32>()),
    ) {
        let output = Output { stdout: b"", stderr: &stderr, exit_code: code, timed_out: false };
        prop_assert!(ImportTime.collect(output, &options(&[("module", "a")])).is_ok());
    }

    #[test]
    fn any_lines_in_any_order_are_read_without_panic(
        reports in prop::collection::vec(
            prop_oneof![
                1 => Just(None),
                9 => (any::<i64>(), 0..=i64::MAX, 0usize..6, "[a-c]{1,2}").prop_map(Some),
            ],
            0..60,
        ),
    ) {
        let mut text = String::new();
        for report in reports {
            match report {
                None => text.push_str("import time: self [us] | cumulative | imported package\n"),
                Some((own, cumulative, depth, module)) => {
                    text.push_str(&line::write(&Timing { own, cumulative, depth, module }));
                }
            }
        }
        let imports = line::scan(text.as_bytes()).reports.iter().filter(|report| matches!(report, Report::Import(_))).count();
        let output = Output { stdout: b"", stderr: text.as_bytes(), exit_code: Some(0), timed_out: false };
        let collected = ImportTime.collect(output, &options(&[])).expect("readable");
        if imports > 0 {
            let tree: serde_json::Value =
                serde_json::from_slice(&artifact(&collected, "import-tree.json")).expect("JSON");
            prop_assert_eq!(tree["modules"].as_array().map(Vec::len), Some(imports));
        }
    }
}
