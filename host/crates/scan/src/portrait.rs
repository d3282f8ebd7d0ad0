//! What a repository is: its languages, frameworks, entry points, Dockerfiles, and where it is deployed.

use std::collections::BTreeMap;
use std::sync::Arc;

use globset::Glob;
use perfctl_core::repository::{Detected, LanguageShare, Portrait};
use rustc_hash::FxHashSet;

use crate::deploy::{self, counts};
use crate::doc::Format;
use crate::lower::Language;
use crate::matcher::PathPattern;
use crate::repo::FileId;
use crate::repo::resolve::Value;
use crate::view::RepoView;
use crate::walk::{Content, Entry};
use perfctl_core::path_class::PathClass;

/// Every language that a portrait may hold.
pub const LANGUAGES: [&str; 5] = [
    Language::Python.name(),
    Language::JavaScript.name(),
    Language::TypeScript.name(),
    Language::Go.name(),
    HCL,
];

const HCL: &str = "hcl";

/// The portrait of a scanned repository. `named` are entry points that the settings name; they come first.
pub fn portrait(view: &Arc<RepoView>, named: &[String]) -> Portrait {
    let mut portrait = Portrait {
        languages: languages(view.entries()),
        frameworks: frameworks(view),
        entry_points: named
            .iter()
            .map(|name| Detected {
                name: name.clone(),
                path: ".perfctl.toml".to_owned(),
            })
            .collect(),
        dockerfiles: Vec::new(),
        deploy_targets: deploy::shown(view.deployments()),
        files: view.entries().len(),
    };
    for found in view.entry_points() {
        if portrait
            .entry_points
            .iter()
            .all(|known| known.name != found.name)
        {
            portrait.entry_points.push(found.clone());
        }
    }
    portrait.dockerfiles = view
        .entries()
        .iter()
        .filter(|entry| entry.content == Content::Dockerfile && counts(entry))
        .map(|entry| entry.path.to_string())
        .collect();
    portrait
}

/// Whether the repository has the module or file that is named as an entry point, as `shop.main`, `shop.main:app` or a path; whose
/// module it is, the directory from which it is imported does not matter.
pub fn may_start_at(view: &RepoView, named: &str) -> bool {
    let named = named.trim().trim_start_matches("./").trim_end_matches('/');
    if view.entry(named).is_some() {
        return true;
    }
    view.entries()
        .iter()
        .any(|entry| is_of_module(&entry.path, named))
}

/// Whether the file at `path` is the module that is named, or lies in the package of that name.
fn is_of_module(path: &str, named: &str) -> bool {
    let module = named.split(':').next().unwrap_or(named);
    let wanted: Vec<&str> = module.split(['.', '/']).collect();
    let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    let parts: Vec<&str> = stem.split('/').collect();
    parts.windows(wanted.len()).any(|some| some == wanted)
}

fn languages(entries: &[Entry]) -> Vec<LanguageShare> {
    let mut shares: BTreeMap<&str, (usize, u64)> = BTreeMap::new();
    for entry in entries {
        let name = match entry.content {
            Content::Code(language)
                if !matches!(entry.class, PathClass::Vendored | PathClass::Generated) =>
            {
                language.name()
            }
            Content::Document(Format::Hcl) => HCL,
            _ => continue,
        };
        let share = shares.entry(name).or_default();
        share.0 += 1;
        share.1 += entry.size;
    }
    let mut all: Vec<LanguageShare> = shares
        .into_iter()
        .map(|(language, (files, bytes))| LanguageShare {
            language: language.to_owned(),
            files,
            bytes,
        })
        .collect();
    all.sort_by_key(|share| std::cmp::Reverse(share.bytes));
    all
}

fn frameworks(view: &RepoView) -> Vec<Detected> {
    let mut found = Vec::new();
    for framework in view.repo.facts.frameworks() {
        let patterns: Vec<[PathPattern; 2]> = framework
            .imports
            .iter()
            .map(|wanted| {
                [
                    PathPattern::Exact(wanted.clone()),
                    PathPattern::Prefix(format!("{wanted}.")),
                ]
            })
            .collect();
        let fits = |test: &dyn Fn(&PathPattern) -> bool| patterns.iter().flatten().any(test);
        let shown = view
            .repo
            .files
            .iter()
            .filter(|file| file.class == PathClass::Source)
            .find(|file| {
                file.index.imports.iter().any(|import| {
                    let module = file.text(import.module);
                    fits(&|pattern| pattern.fits(module))
                        || import.names.iter().any(|name| {
                            fits(&|pattern| pattern.fits_name(module, file.text(*name)))
                        })
                })
            });
        if let Some(file) = shown {
            found.push(Detected {
                name: framework.name.clone(),
                path: file.path.to_string(),
            });
        }
    }
    found
}

/// Modules at which a process starts: those that make an application of a framework at their top level, named as a
/// server is told (`shop.main:app` without the colon's part), functions that a platform calls by name, then `__main__`, `main.py` and
/// `manage.py`-like files.
pub(crate) fn entry_points(view: &RepoView) -> Vec<Detected> {
    let applications: FxHashSet<&str> = view
        .repo
        .facts
        .frameworks()
        .iter()
        .flat_map(|framework| &framework.application)
        .map(String::as_str)
        .collect();
    let mut ranked: Vec<(u8, usize, Detected)> = Vec::new();
    for id in view.repo.ids() {
        let file = view.repo.file(id);
        if file.language != Language::Python || file.class != PathClass::Source {
            continue;
        }
        let makes = file.index.calls.iter().any(|call| {
            let (from, count) = call.targets;
            file.index.targets[from as usize..from as usize + count as usize]
                .iter()
                .any(|text| {
                    view.repo.meaning(id, *text).iter().any(|value| {
                    matches!(value, Value::Library(path) if applications.contains(&**path))
                })
                })
        });
        let stem = file.path.rsplit('/').next().unwrap_or_default();
        let rank = match (makes, stem) {
            (true, "main.py" | "app.py" | "wsgi.py" | "asgi.py" | "server.py") => 0,
            (true, _) => 1,
            (false, _) if is_called_by_platform(view, id) => 1,
            (false, "wsgi.py" | "asgi.py" | "__main__.py") => 2,
            (false, "main.py" | "app.py" | "server.py" | "lambda_function.py" | "handler.py") => 3,
            _ => continue,
        };
        let name = module_name(&file.path, |path| view.entry(path).is_some());
        ranked.push((
            rank,
            file.path.matches('/').count(),
            Detected {
                name,
                path: file.path.to_string(),
            },
        ));
    }
    ranked.sort();
    ranked.into_iter().map(|(_, _, found)| found).collect()
}

/// Whether the file holds a function that a platform calls by its name: a Lambda handler.
fn is_called_by_platform(view: &RepoView, id: FileId) -> bool {
    let code = view.repo.file(id);
    let fits = |symbols: &[String], params: &[String]| {
        code.index
            .functions
            .iter()
            .filter(|row| row.outer.is_none() && row.class.is_none())
            .any(|row| {
                let named = |(wanted, (_, name, _)): (&String, &(_, _, _))| {
                    code.text(*name).trim_start_matches('_') == wanted
                };
                symbols
                    .iter()
                    .any(|symbol| symbol == "*" || symbol == code.text(row.name))
                    && params.len() <= row.params.len()
                    && params.iter().zip(row.params.iter()).all(named)
            })
    };
    view.repo.facts.conventions().iter().any(|convention| {
        // Without parameters any function of a common name would do.
        !convention.params.is_empty()
            && fits(&convention.symbols, &convention.params)
            && convention.files.iter().any(|glob| {
                crate::matcher::files::is_sane(glob)
                    && Glob::new(glob)
                        .is_ok_and(|glob| glob.compile_matcher().is_match(&*code.path))
            })
    })
}

/// Files that lie where a Python project begins: what it imports is named from there.
const PROJECT: [&str; 7] = [
    "Pipfile",
    "manage.py",
    "poetry.lock",
    "pyproject.toml",
    "requirements.txt",
    "setup.cfg",
    "setup.py",
];

/// The dotted name under which a file is imported: from the outermost package; where there is none, from the directory of
/// the innermost project or its `src`. A directory whose name is no identifier is never a package.
///
/// `exists` says whether the repository holds a file.
fn module_name(path: &str, exists: impl Fn(&str) -> bool) -> String {
    let stem = path.strip_suffix(".py").unwrap_or(path);
    let mut parts: Vec<&str> = stem.split('/').collect();
    let above = parts.len() - 1;
    let holds = |at: usize, name: &str| {
        let directory = parts[..at].join("/");
        exists(&format!("{directory}/{name}"))
    };
    let package = (1..=above).find(|at| holds(*at, "__init__.py"));
    let mut start = match package {
        Some(at) => at - 1,
        None => {
            let project = (1..=above)
                .rev()
                .find(|at| PROJECT.iter().any(|name| holds(*at, name)))
                .unwrap_or(0);
            project + usize::from(project < above && parts[project] == "src")
        }
    };
    let is_name = |part: &str| {
        part.starts_with(|c: char| c.is_alphabetic() || c == '_')
            && part.chars().all(|c| c.is_alphanumeric() || c == '_')
    };
    if let Some(odd) = parts[start..above].iter().rposition(|part| !is_name(part)) {
        start += odd + 1;
    }
    if above > start && parts[above] == "__init__" {
        parts.pop();
    }
    parts[start..].join(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_point_is_a_module_a_package_or_a_file() {
        for (path, named, is) in [
            ("backend/parcel/main.py", "parcel.main", true),
            ("backend/parcel/main.py", "parcel.main:app", true),
            ("backend/parcel/main.py", "parcel", true),
            ("cmd/server/main.go", "cmd/server", true),
            ("backend/parcel/main.py", "parcel.nope", false),
            ("backend/parcel/main.py", "cel.main", false),
            ("backend/parcel/main.py", "", false),
        ] {
            assert_eq!(is_of_module(path, named), is, "{path} as {named}");
        }
    }

    #[test]
    fn a_module_is_named_as_its_project_imports_it() {
        let cases: &[(&str, &[&str], &str)] = &[
            // No project and no package: from the root.
            ("main.py", &[], "main"),
            ("app/main.py", &[], "app.main"),
            // A package begins below what is none, however deep.
            (
                "backend/app/main.py",
                &["backend/app/__init__.py"],
                "app.main",
            ),
            ("app/api/main.py", &["app/__init__.py"], "app.api.main"),
            ("app/__init__.py", &["app/__init__.py"], "app"),
            // Without one, the project's directory or its `src`.
            (
                "backend/app/main.py",
                &["backend/pyproject.toml"],
                "app.main",
            ),
            (
                "backend/src/app/main.py",
                &["backend/setup.cfg"],
                "app.main",
            ),
            // A service of many with its own requirements, and a directory that nobody can import.
            (
                "services/mail/server.py",
                &["services/mail/requirements.txt"],
                "server",
            ),
            ("src/mail-service/server.py", &[], "server"),
        ];
        for (path, files, name) in cases {
            let found = module_name(path, |path| files.contains(&path));
            assert_eq!(&found, name, "{path} beside {files:?}");
        }
    }
}
