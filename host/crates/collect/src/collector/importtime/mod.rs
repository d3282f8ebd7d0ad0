//! `python -X importtime -c 'import MODULE'`: what starting the service's code costs, module by module.
//!
//! Metrics, all of the process that the command started:
//! - `import.total` seconds: cumulative time of the entry module's top-level lines. Start-up of the interpreter is not in
//!   it: everything up to and including `site` (or, under `-S`, the modules that every interpreter loads), and what
//!   running `-c` or `-m` itself imports (`linecache`, `runpy`), because no change to the service changes it;
//! - `import.startup` seconds: that start-up, which `.pth` files and `sitecustomize` can make expensive;
//! - `import.modules` count: modules that the entry imported, itself included;
//! - `import.self` and `import.cumulative` seconds, label `module`: the `top` worst of each;
//! - `import.package` seconds, label `package`: self time summed by top-level package, the `top` worst: what a dependency
//!   costs wherever it is imported from.
//!
//! An import that failed, hung or left early is `inconclusive`: a module that raises gets a line like one that works, so
//! only the exit code, the traceback and the absence of unfinished imports together say that the time is that of the
//! service. `sys.exit(0)` within the import passes all three; option `marker` closes that gap.

mod failure;
mod forest;
mod line;
mod parts;
mod render;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use perfctl_core::metric::{Metric, Unit};
use perfctl_core::seams::{CollectError, Collected, Collector, Demand, Output};

use self::failure::package;
use self::forest::Forest;
use self::parts::{Parts, split};
use crate::display;
use crate::ending::{self, series};
use crate::option::{self, Options};

/// The collector.
pub(crate) struct ImportTime;

impl Collector for ImportTime {
    fn name(&self) -> &str {
        "importtime"
    }

    fn options(&self) -> Vec<(&str, &str)> {
        vec![
            (
                "absent",
                "beginning of a line of standard output that names a module which the program did without, and where",
            ),
            (
                "marker",
                "text that the command prints when the import is done; its absence means that it was not",
            ),
            (
                "module",
                "the entry module; without it every top level import after start-up counts",
            ),
            (
                "needed",
                "the same for a module that is a declared dependency: what was measured is then a part",
            ),
            (
                "top",
                "how many of the worst modules and packages become metrics (20)",
            ),
        ]
    }

    fn demands(&self) -> Vec<(&str, Demand)> {
        vec![("top", Demand::Count)]
    }

    fn metrics(&self) -> Vec<&str> {
        vec![
            "import.cumulative",
            "import.modules",
            "import.package",
            "import.self",
            "import.startup",
            "import.total",
        ]
    }

    fn collect(&self, output: Output<'_>, options: &Options) -> Result<Collected, CollectError> {
        let entry = option::text(options, "module");
        let top = option::count(options, "top", 20)?;
        let scan = line::scan(output.stderr);
        let forest = forest::grow(&scan.reports);
        let failure = failure::find(&scan.text);
        if forest.nodes.is_empty() {
            return Ok(ending::nothing(unmeasured(&output, failure, entry)));
        }
        let mut notes = remarks(&forest);
        let (parts, doubt) = split(&forest, entry, &mut notes);
        notes.extend(done_without(&output, option::text(options, "absent")));
        let mut collected = Collected {
            metrics: measure(&forest, &parts, top),
            artifacts: vec![
                (
                    "import-tree.json".to_owned(),
                    render::json(&forest, &parts, entry),
                ),
                ("import-tree.txt".to_owned(), render::text(&forest, &parts)),
            ],
            notes,
            inconclusive: None,
        };
        let why = trouble(&output, &parts, failure, entry)
            .or_else(|| marker_missing(&output, option::text(options, "marker")))
            .or_else(|| half_done(&output, option::text(options, "needed"), entry))
            .or(doubt);
        if let Some(why) = why {
            collected = ending::partial(collected, why);
        }
        Ok(collected)
    }
}

/// Why there is not a single line.
fn unmeasured(
    output: &Output<'_>,
    failure: Option<failure::Failure>,
    entry: Option<&str>,
) -> String {
    if let Some(why) = ending::cut_off(output) {
        return format!("{why} before the first import was reported");
    }
    match (output.exit_code, failure) {
        (Some(0), _) => {
            "the output has no `import time:` line: run CPython 3.7 or newer with `-X importtime`"
                .to_owned()
        }
        (_, Some(failure)) => failure.explain(entry),
        (code, None) => format!(
            "python ended with exit code {} before the first import: {}",
            code.unwrap_or(-1),
            ending::last_words(output.stderr).unwrap_or_else(|| "it said nothing".to_owned())
        ),
    }
}

fn remarks(forest: &Forest) -> Vec<String> {
    let mut notes = Vec::new();
    let further = forest.processes.len().saturating_sub(1);
    if further > 0 {
        notes.push(format!(
            "{further} further Python process(es) reported imports to the same stream; they are in the tree, not in the metrics"
        ));
    }
    if forest.odd > 0 {
        notes.push(format!(
            "{} import(s) do not add up to self plus children, because threads or forked processes imported at the same \
             time: the total stands, single modules are doubtful",
            forest.odd
        ));
    }
    notes
}

fn measure(forest: &Forest, parts: &Parts, top: usize) -> Vec<Metric> {
    let mut tops = parts.entry.clone();
    // What a run that ended early had done so far; the numbers are marked as partial.
    tops.extend(&parts.unfinished);
    let imported = forest.walk(&tops);
    let seconds = |us: f64| vec![us / 1e6];
    let mut metrics = vec![
        series(
            "import.total",
            Unit::Seconds,
            seconds(forest.cumulative(&tops)),
            &[],
        ),
        series(
            "import.startup",
            Unit::Seconds,
            seconds(forest.cumulative(&parts.startup)),
            &[],
        ),
        series(
            "import.modules",
            Unit::Count,
            vec![imported.len() as f64],
            &[],
        ),
    ];
    let mut own: BTreeMap<&str, i128> = BTreeMap::new();
    let mut cumulative: BTreeMap<&str, i128> = BTreeMap::new();
    let mut packages: BTreeMap<&str, i128> = BTreeMap::new();
    // Names on the way from the top, so that a module inside its own second attempt is not counted twice.
    let mut path: Vec<&str> = Vec::new();
    let mut above: BTreeSet<(&str, usize)> = BTreeSet::new();
    for (node, level) in imported {
        let timing = forest.timing(node);
        let module = timing.module.as_str();
        while path.len() > level {
            if let Some(left) = path.pop() {
                above.remove(&(left, path.len()));
            }
        }
        let nested = above
            .range((module, 0)..=(module, usize::MAX))
            .next()
            .is_some();
        path.push(module);
        above.insert((module, level));
        *own.entry(module).or_default() += i128::from(timing.own);
        *packages.entry(package(module)).or_default() += i128::from(timing.own);
        *cumulative.entry(module).or_default() += if nested {
            0
        } else {
            i128::from(timing.cumulative)
        };
    }
    for (metric, label, times) in [
        ("import.self", "module", own),
        ("import.cumulative", "module", cumulative),
        ("import.package", "package", packages),
    ] {
        let mut worst: Vec<(&str, i128)> = times.into_iter().collect();
        worst.sort_by_key(|(name, time)| (-*time, *name));
        let rows = worst.into_iter().take(top);
        metrics.extend(
            rows.map(|(name, us)| {
                series(metric, Unit::Seconds, seconds(us as f64), &[(label, name)])
            }),
        );
    }
    metrics
}

/// Why the numbers are not those of a whole, successful import.
fn trouble(
    output: &Output<'_>,
    parts: &Parts,
    failure: Option<failure::Failure>,
    entry: Option<&str>,
) -> Option<String> {
    let subject = entry.map_or_else(
        || "the import".to_owned(),
        |entry| format!("the import of `{entry}`"),
    );
    if let Some(why) = ending::cut_off(output) {
        return Some(format!(
            "{why} before {subject} was done: the time so far is a lower bound"
        ));
    }
    match (output.exit_code, failure) {
        (Some(0), _) => {}
        (_, Some(failure)) => return Some(failure.explain(entry)),
        // A shell or a sandbox in between passes a signal on as 128 and its number.
        (Some(code), None) if code > 128 => {
            return Some(format!(
                "signal {} ended python before {subject} was done",
                code - 128
            ));
        }
        (code, None) => {
            return Some(format!(
                "python ended with exit code {} during {subject} and printed no traceback: a module exits while it is \
                 imported; choose an entry module that can be imported",
                code.unwrap_or(-1)
            ));
        }
    }
    (!parts.unfinished.is_empty()).then(|| {
        format!(
            "python left before {subject} was done, as `os._exit` does ({} imported module(s) have no importer that \
             ended): choose an entry module that can be imported",
            parts.unfinished.len()
        )
    })
}

/// What stands after `prefix` in lines of standard output, each once; at most 20.
fn told(output: &Output<'_>, prefix: Option<&str>) -> Vec<String> {
    let Some(prefix) = prefix else {
        return Vec::new();
    };
    let text = String::from_utf8_lossy(output.stdout);
    let mut told: Vec<String> = text
        .lines()
        .filter_map(|line| line.strip_prefix(prefix))
        .map(|rest| display::cut(&display::collapse(rest), 200))
        .filter(|rest| !rest.is_empty())
        .collect();
    told.sort();
    told.dedup();
    told.truncate(20);
    told
}

/// Names and places as a list: `ujson` (app/json.py:3).
fn listed(told: &[String]) -> String {
    let shown = told.iter().map(|one| match one.split_once(' ') {
        Some((module, place)) => format!("`{module}` ({place})"),
        None => format!("`{one}`"),
    });
    shown.collect::<Vec<_>>().join(", ")
}

/// Modules that the service looks for, does not find, and does without: worth knowing, but as it is meant.
fn done_without(output: &Output<'_>, prefix: Option<&str>) -> Option<String> {
    let absent = told(output, prefix);
    (!absent.is_empty()).then(|| {
        format!(
            "the service looked for modules that are not installed and went on without them: {}",
            listed(&absent)
        )
    })
}

/// Declared dependencies that the service did without: it would import more where it runs.
fn half_done(output: &Output<'_>, prefix: Option<&str>, entry: Option<&str>) -> Option<String> {
    let needed = told(output, prefix);
    (!needed.is_empty()).then(|| {
        format!(
            "the import of `{}` went on without dependencies that the repository declares and that are not installed: {}; \
             with them it would take longer, so this time is only a lower bound: install them in the interpreter",
            entry.unwrap_or("the entry module"),
            listed(&needed)
        )
    })
}

fn marker_missing(output: &Output<'_>, marker: Option<&str>) -> Option<String> {
    let marker = marker?;
    let found = output
        .stdout
        .windows(marker.len())
        .any(|window| window == marker.as_bytes());
    (!found).then(|| {
        format!(
            "standard output lacks the marker `{marker}`: the import ended early without an error, as `sys.exit(0)` in a \
             module does"
        )
    })
}
