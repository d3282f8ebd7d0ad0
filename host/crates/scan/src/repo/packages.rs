//! What a `package.json` says of how its package is imported: `main`, `exports` and their like. It knows no files.
//!
//! What they name is often compiled and lies in no repository; then what it is compiled from is meant, which lies in `src` or beside.

use super::modules::{join, normalise};
use crate::doc::NodeRef;

/// Keys that name the file of a whole package, behind `source`, which names what it is written in, and `exports`.
const ENTRIES: &[&str] = &["main", "module", "types", "typings"];

/// Where files lie that were compiled.
const COMPILED: &[&str] = &["dist", "build", "lib", "out", "esm", "cjs", "es", "umd"];

/// What a package is where its manifest does not say it.
const USUAL: &[&str] = &["index", "src/index", "lib/index", "src/main"];

/// Most files that a manifest may name for one import.
const MOST: usize = 64;

/// A JavaScript package of the repository.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Package {
    directory: Box<str>,
    /// What an import within the package is, with at most one `*`, and a file that it means; empty for the package itself.
    exports: Vec<(Box<str>, Box<str>)>,
}

impl Package {
    /// The package of the manifest in `directory`.
    pub fn read(directory: &str, manifest: NodeRef<'_>) -> Self {
        let mut exports = Vec::new();
        if let Some(source) = manifest.get("source") {
            files(source, "", 0, &mut exports);
        }
        if let Some(declared) = manifest.get("exports") {
            let mut inner = declared.entries().peekable();
            let starts_with_dot =
                |node: &NodeRef<'_>| node.key().is_some_and(|key| key.starts_with('.'));
            if inner.peek().is_some_and(starts_with_dot) {
                for export in inner {
                    let within = export.key().unwrap_or_default();
                    let within = within.trim_start_matches('.').trim_start_matches('/');
                    files(export, within, 0, &mut exports);
                }
            } else {
                files(declared, "", 0, &mut exports);
            }
        }
        for key in ENTRIES {
            if let Some(entry) = manifest.get(key) {
                files(entry, "", 0, &mut exports);
            }
        }
        Self {
            directory: directory.into(),
            exports,
        }
    }

    /// Paths from the root that the import of `within` this package may mean, the likeliest first; the package itself where it is empty.
    pub fn paths(&self, within: &str) -> Vec<String> {
        let mut paths = Vec::new();
        for (pattern, file) in &self.exports {
            let file = match pattern.split_once('*') {
                None if **pattern == *within => file.to_string(),
                None => continue,
                Some((before, behind)) => {
                    let rest = within.strip_prefix(before);
                    match rest.and_then(|rest| rest.strip_suffix(behind)) {
                        Some(middle) => file.replace('*', middle),
                        None => continue,
                    }
                }
            };
            paths.extend(written(&file).filter_map(|path| normalise(&self.directory, &path)));
        }
        if within.is_empty() {
            paths.extend(USUAL.iter().map(|usual| join(&self.directory, usual)));
        } else {
            paths.push(join(&self.directory, within));
            paths.push(join(&join(&self.directory, "src"), within));
        }
        paths
    }
}

/// Adds every file that `node` names for an import, under whatever conditions.
fn files(node: NodeRef<'_>, within: &str, depth: usize, into: &mut Vec<(Box<str>, Box<str>)>) {
    if let Some(file) = node.as_str() {
        if into.len() < MOST {
            into.push((within.into(), file.into()));
        }
    } else if depth < 8 {
        node.entries()
            .for_each(|inner| files(inner, within, depth + 1, into));
    }
}

/// Where the file that a manifest names may be written: itself, and what it is compiled from.
fn written(file: &str) -> impl Iterator<Item = String> {
    let file = file.strip_prefix("./").unwrap_or(file);
    // Declarations say what a file holds that lies beside them.
    let file = file.strip_suffix(".d.ts").unwrap_or(file);
    let mut inner = file;
    while let Some((first, rest)) = inner.split_once('/')
        && COMPILED.contains(&first)
    {
        inner = rest;
    }
    let is_compiled = inner.len() < file.len();
    let from = [format!("src/{inner}"), inner.to_owned()];
    std::iter::once(file.to_owned()).chain(from.into_iter().filter(move |_| is_compiled))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doc::{self, Format};

    #[test]
    fn a_manifest_names_files_and_what_they_are_compiled_from() {
        let paths = |manifest: &str, within: &str| {
            let document = doc::read(Format::Json, manifest.as_bytes());
            let root = document.root().expect("an object");
            Package::read("packages/a", root).paths(within)
        };
        assert_eq!(
            paths(r#"{ "main": "./dist/esm/a.js" }"#, "")[..3],
            [
                "packages/a/dist/esm/a.js",
                "packages/a/src/a.js",
                "packages/a/a.js"
            ]
        );
        let exports = r#"{ "exports": { ".": ["./a.mjs"], "./x/*.js": { "node": { "import": "./lib/*.mjs" } } } }"#;
        assert_eq!(paths(exports, "")[0], "packages/a/a.mjs");
        assert_eq!(paths(exports, "x/b.js")[0], "packages/a/lib/b.mjs");
        assert_eq!(
            paths(exports, "y")[..2],
            ["packages/a/y", "packages/a/src/y"]
        );
        assert_eq!(
            paths(r#"{ "exports": "./b.js", "types": "index.d.ts" }"#, "")[..2],
            ["packages/a/b.js", "packages/a/index"]
        );
        // Nothing outside of the repository is meant.
        assert_eq!(
            paths(r#"{ "main": "../../../x.js" }"#, "")[0],
            "packages/a/index"
        );
    }
}
