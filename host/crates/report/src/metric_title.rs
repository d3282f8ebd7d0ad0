//! What the metrics of the built-in collectors and probes count, in a few words.
//!
//! Names are for budgets and scripts; a reader gets these beside them. A metric of somebody's own has none.

/// What a complete metric of this name counts.
const TITLES: &[(&str, &str)] = &[
    ("disk.size", "space on disk"),
    ("image.compressed", "image as it is pulled"),
    ("image.layer", "unpacked layer"),
    ("image.layer.compressed", "layer as it is pulled"),
    ("image.layers", "layers of the image"),
    ("image.size", "unpacked image"),
    (
        "import.cumulative",
        "import of a module with all it imports",
    ),
    ("import.modules", "modules imported"),
    (
        "import.package",
        "import of a package's modules, wherever it is imported from",
    ),
    ("import.self", "import of a module alone"),
    ("import.startup", "start of Python itself"),
    (
        "import.total",
        "import of the entry module with all it imports",
    ),
    ("lines", "lines of output"),
    ("matches", "places that a search found"),
    ("matches.files", "files in which a search found something"),
    ("run.rss", "largest memory of the process"),
    ("run.system", "processor time in the kernel"),
    ("run.user", "processor time of the program"),
    ("run.wall", "time by the clock"),
];

/// What every name of a number from an incomplete output ends in.
const PARTIAL: &str = ".partial";

/// The title of a metric, empty when nobody gave it one.
pub(crate) fn of(name: &str) -> String {
    let whole = name.strip_suffix(PARTIAL);
    let known = TITLES
        .iter()
        .find(|(known, _)| *known == whole.unwrap_or(name));
    match (known, whole) {
        (Some((_, title)), None) => (*title).to_owned(),
        (Some((_, title)), Some(_)) => format!("{title}, incomplete"),
        (None, _) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_partial_number_is_called_incomplete_and_an_unknown_one_nothing() {
        assert_eq!(of("matches"), "places that a search found");
        assert_eq!(
            of("matches.partial"),
            "places that a search found, incomplete"
        );
        assert_eq!(of("queue.depth"), "");
    }

    /// The collectors' own code, so that a metric that is added there does not come without a title.
    #[test]
    fn every_metric_of_the_collectors_has_a_title() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../collect/src");
        let mut pending = vec![root];
        let mut missing = Vec::new();
        while let Some(path) = pending.pop() {
            if path.is_dir() {
                let entries = std::fs::read_dir(path).expect("readable");
                pending.extend(entries.map(|entry| entry.expect("readable").path()));
                continue;
            }
            let text = std::fs::read_to_string(&path).expect("text");
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            let tests = path.ends_with("tests.rs") || path.ends_with("fake.rs");
            if tests || path.ends_with("real.rs") {
                continue;
            }
            let firsts: std::collections::BTreeSet<&str> = TITLES
                .iter()
                .filter_map(|(name, _)| name.split('.').next())
                .collect();
            // Every literal that reads like a metric, and what is made a series as it stands.
            for literal in code.split('"').skip(1).step_by(2) {
                let word =
                    |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase());
                let first = literal.split('.').next().unwrap_or_default();
                let file = literal.ends_with(".txt") || literal.ends_with(".json");
                if literal.contains('.')
                    && literal.split('.').all(word)
                    && firsts.contains(first)
                    && !file
                    && of(literal).is_empty()
                {
                    missing.push(literal.to_owned());
                }
            }
            let squeezed: String = code.split_whitespace().collect();
            for rest in squeezed.split("series(\"").skip(1) {
                let name = rest.split('"').next().unwrap_or_default();
                if of(name).is_empty() {
                    missing.push(name.to_owned());
                }
            }
        }
        assert_eq!(missing, Vec::<String>::new());
    }
}
