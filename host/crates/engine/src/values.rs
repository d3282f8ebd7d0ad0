//! What `{name}` stands for in one run: parameters, and facts derived from the repository. Knows no step's outcome; a
//! value that a step makes is named with that step.
//!
//! | name | stands for |
//! |---|---|
//! | any parameter | what `--set` gives, else the recipe's default; a relative path starts at the repository's root |
//! | `root` | the audited directory, absolute |
//! | `entry` | `--set entry=`, else the first entry point whose name is a dotted module name |
//! | `source` | the directory from which `entry` is imported, from the root |
//! | `dockerfile` | `--set dockerfile=`, else the Dockerfile nearest to the root |
//! | `python` | the interpreter of [`crate::interpreter`], `--set python=` first |
//! | `image` | `--set image=` as [`crate::image`] reads it, else `built-image` when a step that may run builds it |
//! | `built-image` | the tag under which the step that holds this placeholder builds an image |
//! | `cache` | the directory of [`crate::prepare`] |
//!
//! A recipe's default wins over what is derived, so a recipe that wants `entry` found declares it without one.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use perfctl_core::ids::StepId;
use perfctl_core::recipe::{Param, ParamKind};
use perfctl_core::repository::{Checkout, Portrait};

use crate::image;
use crate::interpreter::{self, Search};
use crate::params::is_file_of;
use crate::prepare::Preparation;
use crate::seams::Tools;

/// Derived names that `--set` may give without the recipe declaring them.
pub const SETTABLE: [&str; 4] = ["dockerfile", "entry", "image", "python"];

/// Every derived name.
pub const DERIVED: [&str; 8] = [
    "built-image",
    "cache",
    "dockerfile",
    "entry",
    "image",
    "python",
    "root",
    "source",
];

/// Why nothing is prepared where there is nothing to install.
pub(crate) const NOTHING_DECLARED: &str = "no file in it that perfctl reads declares dependencies";

/// How an image is given.
const GIVE_IMAGE: &str = "--set image=... (a tag, `registry.host/name:tag`, an archive of `docker save`, or `./FOLDER` with an OCI layout)";

/// What a placeholder stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// This text.
    Known(String),
    /// What these steps make; there once all of them did what they should.
    Made {
        /// The steps.
        by: Vec<StepId>,
        /// What it will be.
        what: Making,
    },
    /// Nothing: why, and what to do about it.
    Missing(String),
}

/// What a step makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Making {
    /// This text, valid afterwards.
    Text(String),
    /// The interpreter that will lie in this directory.
    InterpreterIn(PathBuf),
}

/// What [`Values::derive`] needs to know.
pub(crate) struct Ground<'a> {
    pub(crate) checkout: &'a Checkout,
    pub(crate) portrait: &'a Portrait,
    pub(crate) params: &'a [Param],
    /// Values set or by default.
    pub(crate) given: &'a BTreeMap<String, String>,
    pub(crate) tools: &'a dyn Tools,
    pub(crate) poetry: Option<&'a Path>,
    /// The step that builds an image, and whether it will run.
    pub(crate) builder: Option<(StepId, bool)>,
    pub(crate) preparing: Preparing,
}

/// The state of `{cache}`.
#[derive(Clone, Debug)]
pub(crate) enum Preparing {
    /// The recipe prepares nothing, or not here; carries why.
    Nothing(String),
    /// No file of the repository declares dependencies, so there is nothing to install.
    Unneeded,
    /// These steps would, if they were allowed.
    NotAllowed {
        /// All of them.
        steps: Vec<StepId>,
        /// Those to allow by name, which takes the others along.
        ask: Vec<StepId>,
    },
    /// Its steps will run.
    Will(Preparation),
    /// An earlier run did it all.
    Done(Preparation),
}

/// All values of a run.
#[derive(Clone, Debug, Default)]
pub struct Values {
    known: BTreeMap<String, Value>,
    /// How a value was chosen, by its name; each a sentence for the record.
    notes: BTreeMap<&'static str, String>,
    /// What was given and cannot be what it is given as; each a sentence without its end.
    refused: Vec<String>,
}

impl Values {
    pub(crate) fn derive(ground: &Ground<'_>) -> Self {
        let mut values = Self::default();
        let root = ground.checkout.root();
        for (name, value) in ground.given {
            let declared = ground.params.iter().find(|param| param.name == *name);
            let is_path = declared.is_some_and(|param| param.kind == ParamKind::Path);
            let value = if is_path && !DERIVED.contains(&name.as_str()) {
                root.join(value).display().to_string()
            } else {
                value.clone()
            };
            values.put(name, Value::Known(value));
        }
        for param in ground.params {
            if !ground.given.contains_key(&param.name) {
                let why = format!("`{0}` is not set: give it with --set {0}=...", param.name);
                values.put(&param.name, Value::Missing(why));
            }
        }
        values.put("root", Value::Known(root.display().to_string()));
        let entry_file = values.derive_entry(ground);
        values.derive_source(ground, entry_file);
        values.derive_dockerfile(ground);
        values.derive_image(ground);
        values.derive_cache(ground);
        values.derive_python(ground, entry_file);
        values
    }

    /// What `name` stands for; `None` when there is no such name.
    pub fn look_up(&self, name: &str) -> Option<&Value> {
        self.known.get(name)
    }

    /// Every name that exists.
    pub fn names(&self) -> impl Iterator<Item = &str> + Clone {
        self.known.keys().map(String::as_str)
    }

    /// How the value of `name` was chosen, where that is worth a sentence in the record.
    pub fn note(&self, name: &str) -> Option<&str> {
        self.notes.get(name).map(String::as_str)
    }

    /// What was given for a derived value and cannot be one, such as an interpreter that is not there.
    pub(crate) fn refused(&self) -> &[String] {
        &self.refused
    }

    fn put(&mut self, name: &str, value: Value) {
        self.known.insert(name.to_owned(), value);
    }

    /// Answers the file of the entry point that was taken.
    fn derive_entry<'a>(&mut self, ground: &Ground<'a>) -> Option<&'a str> {
        let portrait = ground.portrait;
        let given = ground.given.get("entry");
        let modules: Vec<_> = portrait
            .entry_points
            .iter()
            .filter(|found| is_module(&found.name))
            .collect();
        if let Some(given) = given {
            let file = modules.iter().find(|found| found.name == *given);
            return file.map(|found| found.path.as_str());
        }
        let Some(first) = modules.first() else {
            let why = "no entry module was found: name it with --set entry=package.module";
            self.put("entry", Value::Missing(why.to_owned()));
            return portrait
                .entry_points
                .first()
                .map(|found| found.path.as_str());
        };
        if modules.len() > 1 {
            let others: Vec<&str> = modules[1..]
                .iter()
                .map(|found| found.name.as_str())
                .collect();
            let note = format!(
                "`{}` is measured as the entry module, found in {}; --set entry= chooses another of {}",
                first.name,
                first.path,
                others.join(", ")
            );
            self.notes.insert("entry", note);
        }
        self.put("entry", Value::Known(first.name.clone()));
        Some(&first.path)
    }

    fn derive_source(&mut self, ground: &Ground<'_>, entry_file: Option<&str>) {
        let value = match self.known.get("entry") {
            Some(Value::Known(entry)) => {
                let source = entry_file
                    .and_then(|file| source_of(entry, file))
                    .or_else(|| source_on_disk(entry, ground.checkout.root()))
                    .unwrap_or_else(|| ".".to_owned());
                Value::Known(source)
            }
            // Why there is no entry is said once, with the entry.
            _ => Value::Known(".".to_owned()),
        };
        self.put("source", value);
    }

    fn derive_dockerfile(&mut self, ground: &Ground<'_>) {
        if let Some(given) = ground.given.get("dockerfile") {
            // A parameter that is declared as a file is held against the repository as all of them are.
            let is_held =
                |param: &Param| param.name == "dockerfile" && param.kind == ParamKind::File;
            let is_held = ground.params.iter().any(is_held);
            if !is_held && !is_file_of(ground.checkout.root(), given) {
                let why = format!("`--set dockerfile={given}` names no file of the repository");
                self.refused.push(why);
            }
            return;
        }
        let depth = |path: &&String| (path.matches('/').count(), (*path).clone());
        let value = match ground.portrait.dockerfiles.iter().min_by_key(depth) {
            // A file name of the repository must never read as an option.
            Some(path) if path.starts_with('-') => Value::Known(format!("./{path}")),
            Some(path) => Value::Known(path.clone()),
            None => Value::Missing(
                "no Dockerfile was found: name it with --set dockerfile=...".to_owned(),
            ),
        };
        self.put("dockerfile", value);
    }

    fn derive_image(&mut self, ground: &Ground<'_>) {
        let tag = image_tag(ground.checkout);
        if let Some(given) = ground.given.get("image") {
            let image = image::read(given, ground.checkout.root());
            if let Some(note) = image.note {
                self.notes.insert("image", note);
            }
            let refused = image.fault.as_ref();
            self.refused
                .extend(refused.map(|why| format!("`--set image={given}`: {why}")));
            self.put(
                "image",
                image.fault.map_or(Value::Known(image.text), Value::Missing),
            );
        } else {
            let value = match &ground.builder {
                Some((step, true)) => Value::Made {
                    by: vec![step.clone()],
                    what: Making::Text(tag.clone()),
                },
                Some((step, false)) => Value::Missing(format!(
                    "no image was named: give one with {GIVE_IMAGE}, or let it be built with --allow {step}"
                )),
                None => Value::Missing(format!("no image was named: give one with {GIVE_IMAGE}")),
            };
            self.put("image", value);
        }
        self.put("built-image", Value::Known(tag));
    }

    fn derive_cache(&mut self, ground: &Ground<'_>) {
        let value = match &ground.preparing {
            Preparing::Done(preparation) => {
                Value::Known(preparation.content().display().to_string())
            }
            Preparing::Will(preparation) => Value::Made {
                by: preparation.steps().to_vec(),
                what: Making::Text(preparation.content().display().to_string()),
            },
            Preparing::NotAllowed { ask, .. } => {
                Value::Missing(format!("nothing is prepared yet: {}", allow(ask)))
            }
            Preparing::Nothing(why) => Value::Missing(why.clone()),
            Preparing::Unneeded => Value::Missing(NOTHING_DECLARED.to_owned()),
        };
        self.put("cache", value);
    }

    fn derive_python(&mut self, ground: &Ground<'_>, entry_file: Option<&str>) {
        let done = match &ground.preparing {
            Preparing::Done(preparation) => Some(preparation.content()),
            _ => None,
        };
        let found = interpreter::find(&Search {
            root: ground.checkout.root(),
            given: ground.given.get("python").map(String::as_str),
            entry_file,
            poetry: ground.poetry,
            prepared: done.as_deref(),
            is_bare: matches!(ground.preparing, Preparing::Unneeded),
            tools: ground.tools,
        });
        let value = match (found, &ground.preparing) {
            (Ok(found), _) => {
                self.notes
                    .insert("python", format!("Python is measured with {}", found.how));
                Value::Known(found.path.display().to_string())
            }
            (Err(why), _) if ground.given.contains_key("python") => {
                self.refused.push(why.clone());
                Value::Missing(why)
            }
            (Err(_), Preparing::Will(preparation)) => Value::Made {
                by: preparation.steps().to_vec(),
                what: Making::InterpreterIn(preparation.content()),
            },
            (Err(why), Preparing::NotAllowed { ask, .. }) => Value::Missing(format!(
                "{why}: name one with --set python=..., or {}",
                allow(ask)
            )),
            (Err(why), _) => Value::Missing(format!("{why}: name one with --set python=...")),
        };
        self.put("python", value);
    }
}

/// The directory from which the module `entry` is imported when it lies in `file`: the path without the module's own parts.
fn source_of(entry: &str, file: &str) -> Option<String> {
    let stem = file.strip_suffix(".py")?;
    let stem = stem.strip_suffix("/__init__").unwrap_or(stem);
    let above = stem.strip_suffix(&entry.replace('.', "/"))?;
    match above.strip_suffix('/') {
        Some(directory) => Some(directory.to_owned()),
        None => above.is_empty().then(|| ".".to_owned()),
    }
}

/// The directory from which a module that only the user knows is imported: the root, its `src`, or a directory of the root that holds it.
fn source_on_disk(entry: &str, root: &Path) -> Option<String> {
    let module = entry.replace('.', "/");
    let holds = |directory: &Path| {
        directory.join(&module).is_dir() || directory.join(format!("{module}.py")).is_file()
    };
    if holds(root) {
        return Some(".".to_owned());
    }
    let mut below: Vec<String> = std::fs::read_dir(root)
        .ok()?
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| !name.starts_with('.'))
        .collect();
    // `src` is where most keep it, and a project's own `src` comes after all that lie higher.
    below.sort_by_key(|name| (name != "src", name.clone()));
    let nested = below.iter().map(|name| format!("{name}/src"));
    below
        .iter()
        .cloned()
        .chain(nested)
        .find(|directory| holds(&root.join(directory)))
}

fn allow(steps: &[StepId]) -> String {
    let flags: Vec<String> = steps.iter().map(|step| format!("--allow {step}")).collect();
    format!("let the recipe make it with {}", flags.join(" "))
}

/// Whether `name` is a dotted Python module name. An entry point's name comes from the audited repository and ends up in
/// an argument, so nothing else is taken unasked.
fn is_module(name: &str) -> bool {
    name.split('.').all(|part| {
        part.starts_with(|c: char| c.is_alphabetic() || c == '_')
            && part.chars().all(|c| c.is_alphanumeric() || c == '_')
    })
}

/// A tag that says where it came from and that two commits never share.
fn image_tag(checkout: &Checkout) -> String {
    let name: String = checkout
        .source
        .name
        .to_lowercase()
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect();
    let name = name.trim_matches('-');
    let commit = checkout.source.commit.as_deref().unwrap_or("tree");
    let commit: String = commit.chars().take(12).collect();
    let dirty = if checkout.source.dirty { "-dirty" } else { "" };
    format!(
        "perfctl-audit/{}:{commit}{dirty}",
        if name.is_empty() { "repository" } else { name }
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fakes::{self, FakeTools};
    use perfctl_core::repository::Detected;

    fn derive(
        portrait: &Portrait,
        given: &[(&str, &str)],
        builder: Option<(StepId, bool)>,
    ) -> Values {
        let given = given
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        let file = Param {
            name: "file".to_owned(),
            kind: ParamKind::Path,
            default: None,
            choices: Vec::new(),
            help: String::new(),
        };
        Values::derive(&Ground {
            checkout: &fakes::checkout(Path::new("/srv/shop")),
            portrait,
            params: &[file],
            given: &given,
            tools: &FakeTools::with(&[]),
            poetry: None,
            builder,
            preparing: Preparing::NotAllowed {
                steps: vec![StepId::new("environment"), StepId::new("prepare")],
                ask: vec![StepId::new("prepare")],
            },
        })
    }

    fn detected(name: &str) -> Detected {
        Detected {
            name: name.to_owned(),
            path: format!("{name}.py"),
        }
    }

    fn known(text: &str) -> Option<Value> {
        Some(Value::Known(text.to_owned()))
    }

    fn why(values: &Values, name: &str) -> String {
        match values.look_up(name) {
            Some(Value::Missing(why)) => why.clone(),
            other => panic!("{name} is not missing: {other:?}"),
        }
    }

    #[test]
    fn the_entry_is_the_first_module_name_and_never_code_from_the_repository() {
        let portrait = Portrait {
            entry_points: vec![
                detected("os;evil"),
                detected("app.main"),
                detected("app.worker"),
            ],
            ..Portrait::default()
        };
        let values = derive(&portrait, &[], None);
        assert_eq!(values.look_up("entry").cloned(), known("app.main"));
        let note = values.note("entry").expect("there is a choice");
        assert!(
            note.contains("app.worker") && !note.contains("evil"),
            "{note}"
        );
        let given = derive(&portrait, &[("entry", "app.worker")], None);
        assert_eq!(given.look_up("entry").cloned(), known("app.worker"));
        assert!(why(&derive(&Portrait::default(), &[], None), "entry").contains("--set entry="));
    }

    #[test]
    fn a_module_is_imported_from_where_its_name_begins() {
        for (entry, file, source) in [
            ("app.main", "app/main.py", Some(".")),
            ("app.main", "backend/app/main.py", Some("backend")),
            ("shop", "src/shop/__init__.py", Some("src")),
            ("main", "my-service/main.py", Some("my-service")),
            ("main", "domain.py", None),
            ("app.main", "other/file.py", None),
        ] {
            assert_eq!(source_of(entry, file).as_deref(), source, "{file}");
        }
        let root = tempfile::tempdir().expect("a directory");
        std::fs::create_dir_all(root.path().join("api/src/shop")).expect("a directory");
        std::fs::write(root.path().join("api/src/shop/main.py"), "").expect("a file");
        assert_eq!(
            source_on_disk("shop.main", root.path()).as_deref(),
            Some("api/src")
        );
        assert_eq!(source_on_disk("gone", root.path()), None);
    }

    #[test]
    fn the_dockerfile_nearest_to_the_root_is_taken_and_never_reads_as_an_option() {
        let portrait = |files: &[&str]| Portrait {
            dockerfiles: files.iter().map(|file| (*file).to_owned()).collect(),
            ..Portrait::default()
        };
        let nearest = derive(
            &portrait(&["a/b/Dockerfile", "b/Dockerfile", "a/Dockerfile"]),
            &[],
            None,
        );
        assert_eq!(
            nearest.look_up("dockerfile").cloned(),
            known("a/Dockerfile")
        );
        let odd = derive(&portrait(&["--privileged.Dockerfile"]), &[], None);
        assert_eq!(
            odd.look_up("dockerfile").cloned(),
            known("./--privileged.Dockerfile")
        );
    }

    #[test]
    fn an_image_is_named_or_built_by_a_step_that_is_allowed() {
        let nothing = Portrait::default();
        let build = StepId::new("build");
        assert!(!why(&derive(&nothing, &[], None), "image").contains("--allow"));
        let refused = derive(&nothing, &[], Some((build.clone(), false)));
        assert!(why(&refused, "image").contains("--allow build"));
        let built = derive(&nothing, &[], Some((build.clone(), true)));
        let tag = "perfctl-audit/shop:0123456789ab".to_owned();
        assert_eq!(
            built.look_up("built-image").cloned(),
            Some(Value::Known(tag.clone()))
        );
        let made = Value::Made {
            by: vec![build.clone()],
            what: Making::Text(tag),
        };
        assert_eq!(built.look_up("image"), Some(&made));
        let given = derive(&nothing, &[("image", "shop:1")], Some((build, true)));
        assert_eq!(given.look_up("image").cloned(), known("shop:1"));
    }

    #[test]
    fn a_folder_without_an_image_is_none() {
        let folder = tempfile::tempdir().expect("a directory");
        let folder = folder.path().display().to_string();
        let values = derive(&Portrait::default(), &[("image", &folder)], None);
        assert!(why(&values, "image").contains(&folder));
    }

    #[test]
    fn what_is_missing_says_what_to_do() {
        let values = derive(&Portrait::default(), &[], None);
        assert!(why(&values, "python").contains("--set python=..., or let the recipe make it"));
        assert!(why(&values, "cache").contains("--allow prepare"));
        assert_eq!(
            why(&values, "file"),
            "`file` is not set: give it with --set file=..."
        );
        let relative = derive(&Portrait::default(), &[("file", "a/b.tar")], None);
        assert_eq!(
            relative.look_up("file").cloned(),
            known("/srv/shop/a/b.tar")
        );
    }
}
