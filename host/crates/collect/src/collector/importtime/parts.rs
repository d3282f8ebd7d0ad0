//! Which of the imports are the interpreter's start-up, which the entry module's, and which neither.

use super::failure::{is_or_holds, package};
use super::forest::Forest;

/// What an interpreter loads before `site`; decides where start-up ends when `-S` leaves `site` out. Read off CPython 3.7
/// to 3.14 on Linux, macOS and Windows.
const BOOTSTRAP: &[&str] = &[
    "_bootlocale",
    "_frozen_importlib_external",
    "_signal",
    "abc",
    "codecs",
    "encodings",
    "io",
    "marshal",
    "nt",
    "posix",
    "time",
    "warnings",
    "winreg",
    "zipimport",
];

/// What the interpreter imports after `site` to run `-c`, `-m` or source that is not ASCII.
const RUNNERS: &[&str] = &["linecache", "pkgutil", "runpy", "unicodedata"];

/// The parts of an output, as indices into the forest.
#[derive(Debug, Default)]
pub(super) struct Parts {
    /// What the interpreter imports for itself before the program's first line.
    pub(super) startup: Vec<usize>,
    /// What the entry module's total is the sum of.
    pub(super) entry: Vec<usize>,
    /// Further top-level imports.
    pub(super) other: Vec<usize>,
    /// Imports whose importer never ended.
    pub(super) unfinished: Vec<usize>,
    /// Top-level imports of further Python processes.
    pub(super) elsewhere: Vec<usize>,
}

impl Parts {
    /// Every part with its name, the most interesting first.
    pub(super) fn named(&self) -> [(&'static str, &[usize]); 5] {
        [
            ("entry", &self.entry),
            ("other", &self.other),
            ("unfinished", &self.unfinished),
            ("start-up", &self.startup),
            ("other-process", &self.elsewhere),
        ]
    }
}

/// Splits the output into start-up, entry and the rest; the second value says why there is no entry, if there is none.
pub(super) fn split(
    forest: &Forest,
    entry: Option<&str>,
    notes: &mut Vec<String>,
) -> (Parts, Option<String>) {
    let Some(main) = forest.processes.first() else {
        return (Parts::default(), None);
    };
    let name = |node: usize| forest.timing(node).module.as_str();
    let started = started(
        &main
            .roots
            .iter()
            .map(|root| name(*root))
            .collect::<Vec<_>>(),
        entry,
    );
    let (startup, rest) = main.roots.split_at(started);
    let mut parts = Parts {
        startup: startup.to_vec(),
        unfinished: main.orphans.clone(),
        elsewhere: forest.processes[1..]
            .iter()
            .flat_map(|one| one.roots.iter().chain(&one.orphans))
            .copied()
            .collect(),
        ..Parts::default()
    };
    let Some(entry) = entry else {
        parts.entry = rest.to_vec();
        if rest.len() > 1 {
            let names: Vec<&str> = rest.iter().take(5).map(|root| name(*root)).collect();
            notes.push(format!(
                "the entry module is not named: the total is that of {} top level imports ({}{})",
                rest.len(),
                names.join(", "),
                if rest.len() > names.len() {
                    ", ..."
                } else {
                    ""
                }
            ));
        }
        let doubt = rest.is_empty().then(|| {
            "nothing was imported after the interpreter's start-up: name the module that the service starts with".to_owned()
        });
        return (parts, doubt);
    };
    if rest.iter().any(|root| name(*root) == entry) {
        let belongs =
            |root: &usize| is_or_holds(entry, name(*root)) || is_or_holds(name(*root), entry);
        (parts.entry, parts.other) = rest.iter().partition(|root| belongs(root));
        return (parts, None);
    }
    parts.other = rest.to_vec();
    let within = |tops: &[usize]| {
        forest
            .walk(tops)
            .into_iter()
            .map(|(node, _)| node)
            .find(|node| name(*node) == entry)
    };
    if let Some(node) = within(rest) {
        notes.push(format!(
            "`{entry}` was imported by another module; its total is what it cost there"
        ));
        parts.entry = vec![node];
        (parts, None)
    } else if let Some(node) = within(&parts.elsewhere) {
        notes.push(format!(
            "`{entry}` was imported by another Python process than the one started"
        ));
        parts.entry = vec![node];
        (parts, None)
    } else if within(startup).is_some() {
        let why = format!(
            "`{entry}` is loaded while the interpreter starts, so its import by the service costs nothing to measure"
        );
        (parts, Some(why))
    } else {
        let why = format!(
            "the output has no line for `{entry}`: import it with an `import` statement (`importlib.import_module` and \
             `-m` leave no line), or name another entry module"
        );
        (parts, Some(why))
    }
}

/// How many of the top-level lines are start-up.
fn started(roots: &[&str], entry: Option<&str>) -> usize {
    let booted = match roots.iter().position(|root| *root == "site") {
        Some(site) => site + 1,
        None => roots
            .iter()
            .take_while(|root| BOOTSTRAP.contains(&package(root)))
            .count(),
    };
    let runs = |root: &&&str| RUNNERS.contains(*root) && entry != Some(**root);
    booted + roots[booted..].iter().take_while(runs).count()
}
