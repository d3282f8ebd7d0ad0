//! Runs the rules of one pack on repositories and writes minimal SARIF, for tuning: `tune PACK OUT_DIR [--rules A,B] [--fixes] REPO...`
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "a developer's tool"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use perfctl_core::rule::Layer;
use perfctl_core::seams::Never;
use perfctl_runtime::pack::{PackFiles, Packs, Program};
use perfctl_scan::scanner::{Ruleset, survey};
use perfctl_scan::walk::Scope;

fn files(root: &Path, dir: &Path, out: &mut BTreeMap<String, String>) {
    for entry in std::fs::read_dir(dir).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            if path.file_name().is_none_or(|name| name != "cases") {
                files(root, &path, out);
            }
        } else if let Ok(text) = std::fs::read_to_string(&path) {
            out.insert(
                path.strip_prefix(root)
                    .unwrap()
                    .to_string_lossy()
                    .into_owned(),
                text,
            );
        }
    }
}

fn main() {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    let only: Option<Vec<String>> = args.iter().position(|arg| arg == "--rules").map(|at| {
        let list = args.remove(at + 1);
        args.remove(at);
        list.split(',').map(str::to_owned).collect()
    });
    let with_fixes = args.iter().position(|arg| arg == "--fixes");
    if let Some(at) = with_fixes {
        args.remove(at);
    }
    let pack_dir = PathBuf::from(args.remove(0));
    let out_dir = PathBuf::from(args.remove(0));
    let mut all = BTreeMap::new();
    files(&pack_dir, &pack_dir, &mut all);
    let pack = PackFiles {
        folder: pack_dir.file_name().unwrap().to_string_lossy().into_owned(),
        layer: Layer::BuiltIn,
        shown: pack_dir.display().to_string(),
        files: all,
        program: Program::Scripts,
        is_sealed: false,
    };
    let mut packs = Packs::load(&[pack]);
    for problem in &packs.problems {
        eprintln!("{}: {}", problem.subject, problem.message);
    }
    for (id, why) in &packs.broken {
        eprintln!("broken {id}: {}", why.full);
    }
    if let Some(only) = &only {
        packs
            .rules
            .retain(|id, _| only.iter().any(|wanted| wanted == id.as_str()));
    }
    let facts = Arc::new(std::mem::take(&mut packs.facts));
    let rules: Vec<_> = packs.rules.values().collect();
    for repo in args {
        let repo = std::fs::canonicalize(repo).unwrap();
        let ruleset = Ruleset {
            rules: rules.iter().map(|rule| rule.matchers.clone()).collect(),
            facts: facts.clone(),
            max_file_size: 1 << 20,
        };
        let start = std::time::Instant::now();
        let survey = survey(&repo, &ruleset, &Scope::default(), &Never);
        let scanned = start.elapsed();
        let output = perfctl_runtime::runner::run(&survey, &rules, |_| true, &Never);
        let name = repo.file_name().unwrap().to_string_lossy().into_owned();
        println!(
            "{name}: {} findings, {} files with candidates, scan {scanned:?}, all {:?}, {} problems",
            output.findings.len(),
            survey.files_with_candidates(),
            start.elapsed(),
            survey.problems.len()
        );
        for problem in survey.problems.iter().chain(&output.problems).take(5) {
            println!("  problem {}: {}", problem.subject, problem.message);
        }
        for (id, outcome) in &output.outcomes {
            if let perfctl_runtime::runner::Outcome::Error(error) = outcome {
                println!("  ERROR {id}: {error}");
            }
        }
        let mut results = Vec::new();
        for finding in &output.findings {
            println!(
                "  {} {}:{} [{} {}] {}",
                finding.rule,
                finding.place.path,
                finding.place.start.line,
                finding.confidence,
                finding.reach,
                finding.message
            );
            if let Some(fix) = finding.fix.as_ref().filter(|_| with_fixes.is_some()) {
                println!(
                    "    fix ({}): {}\n{}",
                    fix.safety.word(),
                    fix.title,
                    fix.diff
                );
            }
            results.push(format!(
                r#"{{"ruleId":"{}","message":{{"text":"x"}},"properties":{{"confidence":"{}"}},"locations":[{{"physicalLocation":{{"artifactLocation":{{"uri":"{}"}},"region":{{"startLine":{},"endLine":{}}}}}}}]}}"#,
                finding.rule, finding.confidence, finding.place.path, finding.place.start.line, finding.place.end.line
            ));
        }
        std::fs::create_dir_all(&out_dir).unwrap();
        std::fs::write(
            out_dir.join(format!("{name}.sarif")),
            format!(
                r#"{{"runs":[{{"tool":{{"driver":{{"rules":[]}}}},"results":[{}]}}]}}"#,
                results.join(",")
            ),
        )
        .unwrap();
    }
}
