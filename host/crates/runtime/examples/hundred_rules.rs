//! What a hundred more rules cost where they find nothing: `hundred_rules PACK REPO [ROUNDS [SET]]` scans REPO with the rules of PACK,
//! with a hundred patterns added, and with a hundred rules of mixed kinds added, in turn, and prints the processor time of each;
//! with SET (0, 1, 2) only one of them, for a profiler.
#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a developer's tool"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use perfctl_core::rule::Layer;
use perfctl_core::seams::Never;
use perfctl_runtime::pack::{PackFiles, Packs};
use perfctl_runtime::runner;
use perfctl_scan::scanner::{Ruleset, survey};
use perfctl_scan::walk::Scope;
use rustix::time::{ClockId, clock_gettime};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Matchers in which `NAME` is replaced by a name that no repository holds.
const PATTERNS: &[&str] = &[
    "languages = ['python', 'typescript', 'javascript']\npattern = 'NAME.get($URL, $$$REST)'",
    "language = 'python'\npattern = 'with NAME.open($A) as $B: $$$C'",
    "language = 'python'\nrule = { pattern = '$S.NAME($A)', inside = { kind = 'for_statement', stopBy = 'end' } }",
    "language = 'python'\n[match.rule]\nany = [{ pattern = 'NAME()' }, { pattern = 'NAME.run($$$)' }]\nnot = { has = { kind = 'lambda', stopBy = 'end' } }",
    "language = 'go'\npattern = 'NAME.Do($A)'",
];

const MIXED: &[&str] = &[
    "kind = 'call'\ntarget = ['NAME.get', 'NAME.client.**']",
    "kind = 'call'\ncalled = ['NAME']\nin_loop = true",
    "kind = 'call'\nfact = { kind = 'NAME', verb = ['call', 'send'] }",
    "kind = 'import'\nmodule = ['NAME', 'NAME.**']",
    "kind = 'function'\ndecorator = ['NAME.route']",
    "kind = 'class'\nbase = ['NAME.Model']",
    "kind = 'text'\npattern = ['(?i)\\bNAME\\s+select\\b']\nsql = true",
    "kind = 'text'\npattern = ['NAME://[a-z]+']",
    "kind = 'regex'\npattern = '\\bNAME\\w+\\('\nfiles = ['**/*.py']",
    "kind = 'pattern'\nlanguage = 'python'\npattern = 'NAME.get($URL)'",
];

/// A pack of a hundred rules with matchers made from `templates`.
fn hundred(templates: &[&str], kind: &str) -> PackFiles {
    let mut files = BTreeMap::from([(
        "pack.toml".to_owned(),
        "schema = 'perfctl.pack/1'\nid = 'more'\ntitle = 'more'\nversion = '0.1.0'\nedition = 1\n"
            .to_owned(),
    )]);
    for at in 0..100 {
        let matcher = templates[at % templates.len()].replace("NAME", &format!("zanzibar_{at}"));
        let rule = format!(
            "schema = 'perfctl.rule/1'\nid = 'MORE-{at}'\ntitle = 't'\ncategory = 'network'\nseverity = 'low'\n\
             languages = ['python', 'typescript', 'javascript', 'go']\neffort = 'S'\n\
             help = {{ what = 'w', why = 'w', source = 's', fix = 'f', false_alarms = 'a' }}\n[[match]]\n{kind}{matcher}\n"
        );
        files.insert(format!("MORE-{at}/rule.toml"), rule);
        files.insert(
            format!("MORE-{at}/rule.lua"),
            "return { check = function() end }".to_owned(),
        );
    }
    PackFiles {
        folder: "more".to_owned(),
        layer: Layer::BuiltIn,
        shown: "more".to_owned(),
        files,
    }
}

fn read(root: &Path, dir: &Path, out: &mut BTreeMap<String, String>) {
    for entry in std::fs::read_dir(dir).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            if path.file_name().is_none_or(|name| name != "cases") {
                read(root, &path, out);
            }
        } else if let Ok(text) = std::fs::read_to_string(&path) {
            let name = path.strip_prefix(root).unwrap().to_string_lossy();
            out.insert(name.into_owned(), text);
        }
    }
}

fn spent() -> Duration {
    let now = clock_gettime(ClockId::ProcessCPUTime);
    Duration::new(now.tv_sec as u64, now.tv_nsec as u32)
}

/// Processor time of one scan with all rules; how many findings and files with candidates there were.
fn scan(packs: &[PackFiles], repo: &Path) -> (Duration, usize, usize) {
    let mut packs = Packs::load(packs);
    assert!(
        packs.broken.is_empty() && packs.problems.is_empty(),
        "{:?} {:?}",
        packs.broken,
        packs.problems
    );
    let facts = Arc::new(std::mem::take(&mut packs.facts));
    let rules: Vec<_> = packs.rules.values().collect();
    let ruleset = Ruleset {
        rules: rules.iter().map(|rule| rule.matchers.clone()).collect(),
        facts,
        max_file_size: 1 << 20,
    };
    let start = spent();
    let survey = survey(repo, &ruleset, &Scope::default(), &Never);
    let output = runner::run(&survey, &rules, |_| true, &Never);
    let candidates = survey.files_with_candidates();
    (spent() - start, output.findings.len(), candidates)
}

fn main() {
    let mut args = std::env::args().skip(1);
    let pack_dir = PathBuf::from(args.next().expect("a pack"));
    let repo = std::fs::canonicalize(args.next().expect("a repository")).unwrap();
    let rounds: usize = args.next().map_or(7, |rounds| rounds.parse().unwrap());
    let mut files = BTreeMap::new();
    read(&pack_dir, &pack_dir, &mut files);
    let pack = PackFiles {
        folder: pack_dir.file_name().unwrap().to_string_lossy().into_owned(),
        layer: Layer::BuiltIn,
        shown: pack_dir.display().to_string(),
        files,
    };
    let only: Option<usize> = args.next().map(|set| set.parse().unwrap());
    let mut sets = vec![
        ("the pack alone", vec![pack.clone()]),
        (
            "and 100 patterns",
            vec![pack.clone(), hundred(PATTERNS, "kind = 'pattern'\n")],
        ),
        (
            "and 100 mixed rules",
            vec![pack.clone(), hundred(MIXED, "")],
        ),
    ];
    if let Some(only) = only {
        sets = vec![sets.swap_remove(only)];
    }
    let mut times = vec![Vec::new(); sets.len()];
    let mut told = vec![(0, 0); sets.len()];
    for round in 0..rounds {
        // There and back again, so that a machine that slows down or warms up treats all alike.
        let mut order: Vec<usize> = (0..sets.len()).collect();
        if round % 2 == 1 {
            order.reverse();
        }
        for at in order {
            let (time, findings, candidates) = scan(&sets[at].1, &repo);
            times[at].push(time);
            told[at] = (findings, candidates);
        }
    }
    for list in &mut times {
        list.sort();
    }
    let base = times[0].clone();
    for (at, (name, _)) in sets.iter().enumerate() {
        let (least, median) = (times[at][0], times[at][rounds / 2]);
        println!(
            "{name:20} least {least:>10.3?} x{:.3}   median {median:>10.3?} x{:.3}   {} findings, {} files with candidates",
            least.as_secs_f64() / base[0].as_secs_f64(),
            median.as_secs_f64() / base[rounds / 2].as_secs_f64(),
            told[at].0,
            told[at].1,
        );
    }
}
