//! Where the code of a file runs: on a server, or in a browser or app in a person's hands.
//!
//! Signs that packs bring decide: what the nearest manifest depends on, what the file imports, how it begins, where it
//! lies. What they leave open, the files that import it decide. Knows no framework by name.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt;

use globset::GlobSet;
use serde::Deserialize;

use super::facts::globs;
use super::modules::{Target, directory};
use super::{FileId, Repo};
use crate::matcher::PathPattern;
use perfctl_core::path_class::PathClass;

/// Where code runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// On a machine of whoever runs the service.
    Server,
    /// In a browser or on a device.
    Browser,
    /// Nothing tells, or on both.
    #[default]
    Unknown,
}

impl Side {
    /// The word rules use.
    pub fn word(self) -> &'static str {
        match self {
            Side::Server => "server",
            Side::Browser => "browser",
            Side::Unknown => "unknown",
        }
    }
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

/// What shows where a file of JavaScript or TypeScript runs. Every condition that is given must hold; the first sign that
/// holds decides.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sign {
    /// The side: `server`, `browser`, or `unknown` to leave it to the importing files.
    pub side: String,
    /// Globs over paths.
    #[serde(default)]
    pub files: Vec<String>,
    /// Directives that the file begins with: `use client`.
    #[serde(default)]
    pub directives: Vec<String>,
    /// Patterns of modules, or of names in modules, that the file imports for more than their types.
    #[serde(default)]
    pub imports: Vec<String>,
    /// Patterns of packages, any of which the nearest manifest depends on.
    #[serde(default)]
    pub packages: Vec<String>,
    /// Patterns of packages, none of which the nearest manifest depends on.
    #[serde(default)]
    pub without: Vec<String>,
}

/// What each manifest depends on, by its directory.
pub type Manifests = BTreeMap<Box<str>, BTreeSet<Box<str>>>;

/// A sign, ready to be held against files.
struct Test {
    side: Side,
    files: Option<GlobSet>,
    directives: Vec<String>,
    imports: Vec<PathPattern>,
    packages: Vec<PathPattern>,
    without: Vec<PathPattern>,
}

impl Test {
    fn new(sign: &Sign) -> Self {
        let patterns = |list: &[String]| list.iter().map(|text| PathPattern::new(text)).collect();
        let side = match sign.side.as_str() {
            "server" => Side::Server,
            "browser" => Side::Browser,
            _ => Side::Unknown,
        };
        Self {
            side,
            files: (!sign.files.is_empty()).then(|| globs(&sign.files)),
            directives: sign.directives.clone(),
            imports: patterns(&sign.imports),
            packages: patterns(&sign.packages),
            without: patterns(&sign.without),
        }
    }

    fn holds(&self, repo: &Repo, file: FileId, depends: &BTreeSet<Box<str>>) -> bool {
        let code = repo.file(file);
        let any = |patterns: &[PathPattern]| {
            depends
                .iter()
                .any(|name| patterns.iter().any(|one| one.fits(name)))
        };
        self.files
            .as_ref()
            .is_none_or(|files| files.is_match(&*code.path))
            && (self.packages.is_empty() || any(&self.packages))
            && (self.without.is_empty() || !any(&self.without))
            && (self.directives.is_empty()
                || code
                    .index
                    .directives
                    .iter()
                    .any(|text| self.directives.iter().any(|one| one == code.text(*text))))
            && (self.imports.is_empty() || self.is_imported(repo, file))
    }

    fn is_imported(&self, repo: &Repo, file: FileId) -> bool {
        let code = repo.file(file);
        let fits = |path: &str| self.imports.iter().any(|pattern| pattern.fits(path));
        code.index
            .imports
            .iter()
            .filter(|import| !import.type_only)
            .any(|import| {
                let module = code.text(import.module);
                let module = module.strip_prefix("node:").unwrap_or(module);
                fits(module)
                    || import
                        .names
                        .iter()
                        .any(|name| fits(&format!("{module}.{}", code.text(*name))))
            })
    }
}

/// The side of every file, by id.
pub fn sides(repo: &Repo, manifests: &Manifests) -> Vec<Side> {
    let tests: Vec<Test> = repo.facts.signs().iter().map(Test::new).collect();
    let nothing = BTreeSet::new();
    let mut decided: Vec<Option<Side>> = repo
        .ids()
        .map(|id| {
            let code = repo.file(id);
            if !code.language.is_javascript() {
                return Some(Side::Server);
            }
            let depends = nearest(manifests, &code.path).unwrap_or(&nothing);
            let side = tests
                .iter()
                .find(|test| test.holds(repo, id, depends))
                .map(|test| test.side)?;
            (side != Side::Unknown).then_some(side)
        })
        .collect();
    spread(repo, &mut decided);
    decided.into_iter().map(Option::unwrap_or_default).collect()
}

/// An undecided file runs where the files that import it run. Tests and scripts import from both sides and decide nothing.
fn spread(repo: &Repo, sides: &mut [Option<Side>]) {
    let both = mixed(repo);
    let fixed: Vec<bool> = sides.iter().map(Option::is_some).collect();
    let mut queue: VecDeque<FileId> = repo.ids().filter(|id| fixed[id.0 as usize]).collect();
    while let Some(id) = queue.pop_front() {
        let code = repo.file(id);
        if !code.language.is_javascript() || !matches!(code.class, PathClass::Source) {
            continue;
        }
        let Some(gives) = sides[id.0 as usize] else {
            continue;
        };
        // A page with code for both sides imports for either: the other importers tell.
        if both.contains(&id) && gives == Side::Browser {
            continue;
        }
        for import in code.index.imports.iter().filter(|import| !import.type_only) {
            let module = code.text(import.module);
            let Some(Target::File(to)) =
                repo.modules
                    .find(module, &code.path, code.language, &repo.facts)
            else {
                continue;
            };
            if fixed[to.0 as usize] {
                continue;
            }
            let slot = &mut sides[to.0 as usize];
            let new = match *slot {
                None => gives,
                Some(known) if known == gives => continue,
                Some(Side::Unknown) => continue,
                Some(_) => Side::Unknown,
            };
            *slot = Some(new);
            queue.push_back(to);
        }
    }
}

/// Files that a platform also calls on the server, by the names of their functions: `getServerSideProps` of a page.
fn mixed(repo: &Repo) -> BTreeSet<FileId> {
    let mut found = BTreeSet::new();
    for convention in repo
        .facts
        .conventions()
        .iter()
        .filter(|one| one.role == "request")
    {
        let files = globs(&convention.files);
        for id in repo.ids().filter(|id| {
            repo.file(*id).language.is_javascript() && files.is_match(&*repo.file(*id).path)
        }) {
            let code = repo.file(id);
            let named = |symbol: &String| {
                code.index
                    .functions
                    .iter()
                    .any(|row| row.outer.is_none() && code.text(row.name) == symbol)
            };
            if convention.symbols.iter().any(named) {
                found.insert(id);
            }
        }
    }
    found
}

/// What the manifest nearest above `path` depends on.
fn nearest<'m>(manifests: &'m Manifests, path: &str) -> Option<&'m BTreeSet<Box<str>>> {
    let mut at = directory(path);
    loop {
        if let Some(found) = manifests.get(at) {
            return Some(found);
        }
        if at.is_empty() {
            return None;
        }
        at = directory(at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repo::scratch::Scratch;

    const SIGNS: &str = r#"
schema = "perfctl.facts/1"
[[side]]
side = "browser"
directives = ["use client"]
[[side]]
side = "server"
packages = ["next"]
files = ["**/pages/api/**"]
[[side]]
side = "browser"
packages = ["next"]
files = ["**/pages/**/*.tsx"]
[[side]]
side = "server"
imports = ["fs", "express"]
[[side]]
side = "browser"
packages = ["react"]
without = ["next", "express"]
[[convention]]
files = ["**/pages/**/*.tsx"]
symbols = ["getServerSideProps"]
role = "request"
"#;

    fn side_of(scratch: &Scratch, path: &str) -> Side {
        let repo = &scratch.survey.view.repo;
        repo.side(repo.find(path).expect("scanned"))
    }

    #[test]
    fn the_first_sign_that_holds_decides_and_manifests_count_for_what_lies_below() {
        let next = (
            "web/package.json",
            r#"{"dependencies": {"next": "14", "react": "18"}}"#,
        );
        let app = ("app/package.json", r#"{"dependencies": {"react": "18"}}"#);
        let files = [
            next,
            app,
            ("web/pages/api/a.ts", "fetch('x')"),
            ("web/pages/b.tsx", "fetch('x')"),
            ("web/c.ts", "'use client'\nimport fs from 'fs'\n"),
            ("web/d.ts", "import fs from 'node:fs'\n"),
            ("app/src/e.ts", "fetch('x')"),
            ("f.ts", "fetch('x')"),
            ("g.py", "pass"),
        ];
        let scratch = Scratch::new(SIGNS, &files);
        for (path, side) in [
            ("web/pages/api/a.ts", Side::Server),
            ("web/pages/b.tsx", Side::Browser),
            ("web/c.ts", Side::Browser),
            ("web/d.ts", Side::Server),
            ("app/src/e.ts", Side::Browser),
            ("f.ts", Side::Unknown),
            ("g.py", Side::Server),
        ] {
            assert_eq!(side_of(&scratch, path), side, "{path}");
        }
    }

    #[test]
    fn what_no_sign_tells_the_importing_files_tell_unless_they_disagree() {
        let files = [
            ("package.json", r#"{"dependencies": {"next": "14"}}"#),
            (
                "pages/api/a.ts",
                "import { q } from '../../lib/query'\nimport { s } from '../../lib/shared'\n",
            ),
            (
                "pages/b.tsx",
                "import { c } from '../lib/call'\nimport { s } from '../lib/shared'\nimport type { q } from '../lib/query'\n",
            ),
            (
                "pages/c.tsx",
                "import { l } from '../lib/load'\nexport const getServerSideProps = async () => l()\n",
            ),
            (
                "lib/query.ts",
                "import { d } from './deep'\nexport const q = 1\n",
            ),
            ("lib/deep.ts", "export const d = 1\n"),
            ("lib/call.ts", "export const c = 1\n"),
            ("lib/shared.ts", "export const s = 1\n"),
            ("lib/load.ts", "export const l = () => 1\n"),
        ];
        let scratch = Scratch::new(SIGNS, &files);
        for (path, side) in [
            ("lib/query.ts", Side::Server),
            ("lib/deep.ts", Side::Server),
            ("lib/call.ts", Side::Browser),
            ("lib/shared.ts", Side::Unknown),
            ("lib/load.ts", Side::Unknown),
        ] {
            assert_eq!(side_of(&scratch, path), side, "{path}");
        }
    }
}
