//! Which rules an argument of `rule test` means: a rule folder, a case, a pack, a folder of packs, or an id.

use std::path::{Path, PathBuf};

use perfctl_core::ids::RuleId;
use perfctl_runtime::cases;

use crate::error::CommandError;

/// A rule to test, by where it lies.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    /// The folder of its pack, absolute.
    pub(super) pack: PathBuf,
    /// Its id, which is the name of its folder.
    pub(super) id: RuleId,
    /// Only this case; `None` for all.
    pub(super) case: Option<PathBuf>,
}

impl Place {
    /// The folder of the rule.
    pub(super) fn folder(&self) -> PathBuf {
        self.pack.join(self.id.as_str())
    }

    /// The cases to run.
    pub(super) fn cases(&self) -> Result<Vec<PathBuf>, CommandError> {
        match &self.case {
            Some(case) => Ok(vec![case.clone()]),
            None => cases::find(&self.folder()).map_err(|error| {
                CommandError::usage(format!("cannot read the cases of {}: {error}", self.id))
            }),
        }
    }
}

/// The rules that `arguments` mean, sorted, each once; without arguments those of all packs below `here`.
pub(super) fn find(here: &Path, arguments: &[String]) -> Result<Vec<Place>, CommandError> {
    let mut all = Vec::new();
    if arguments.is_empty() {
        all.extend(own(here)?);
        if all.is_empty() {
            return Err(CommandError::usage(format!(
                "there are no rules in {0}/plugins or {0}/.perfctl/plugins",
                here.display()
            ))
            .hint("name a rule folder or a pack, or start one: `perfctl rule new ORG-001`"));
        }
    }
    for argument in arguments {
        let path = here.join(argument);
        if path.exists() {
            // Names are taken from paths, so `.` and links have to be resolved.
            let path = std::fs::canonicalize(&path)
                .map_err(|error| CommandError::usage(format!("cannot read {argument}: {error}")))?;
            all.extend(below(&path, argument)?);
        } else if RuleId::is_well_formed(argument) {
            let before = all.len();
            all.extend(
                own(here)?
                    .into_iter()
                    .filter(|place| place.id.as_str() == argument),
            );
            if all.len() == before {
                return Err(CommandError::usage(format!("no pack of the current directory has a rule `{argument}`"))
                    .hint("name its folder; the cases of built-in rules lie beside their source, not in the program"));
            }
        } else {
            return Err(CommandError::usage(format!(
                "there is no file or directory {argument}"
            )));
        }
    }
    all.sort();
    all.dedup();
    // A rule that is tested in full needs no single cases beside.
    let whole: Vec<Place> = all
        .iter()
        .filter(|place| place.case.is_none())
        .cloned()
        .collect();
    all.retain(|place| {
        let is_whole = |other: &Place| other.pack == place.pack && other.id == place.id;
        place.case.is_none() || !whole.iter().any(is_whole)
    });
    Ok(all)
}

/// The rules of the current directory: it is a rule or a pack itself, or holds packs in the usual places.
fn own(here: &Path) -> Result<Vec<Place>, CommandError> {
    let here = std::fs::canonicalize(here).unwrap_or_else(|_| here.to_owned());
    if here.join("rule.toml").is_file() || here.join("pack.toml").is_file() {
        return below(&here, ".");
    }
    let mut all = Vec::new();
    for dir in ["plugins", ".perfctl/plugins"] {
        for pack in folders(&here.join(dir)) {
            if pack.join("pack.toml").is_file() {
                all.extend(rules_of(&pack));
            }
        }
    }
    Ok(all)
}

/// The rules that an existing path means; `shown` is the path as the user wrote it.
fn below(path: &Path, shown: &str) -> Result<Vec<Place>, CommandError> {
    let parent = |path: &Path| path.parent().map(Path::to_owned).unwrap_or_default();
    if path.join("rule.toml").is_file() {
        return Ok(vec![place(path, None)?]);
    }
    if path.join("pack.toml").is_file() {
        return some(rules_of(path), path, shown);
    }
    if path.file_name().is_some_and(|name| name == "cases")
        && parent(path).join("rule.toml").is_file()
    {
        return Ok(vec![place(&parent(path), None)?]);
    }
    let folder = parent(path);
    let rule = parent(&folder);
    if path.is_dir()
        && folder.file_name().is_some_and(|name| name == "cases")
        && rule.join("rule.toml").is_file()
    {
        return Ok(vec![place(&rule, Some(path.to_owned()))?]);
    }
    let packs: Vec<PathBuf> = folders(path)
        .into_iter()
        .filter(|pack| pack.join("pack.toml").is_file())
        .collect();
    if packs.is_empty() {
        return Err(CommandError::usage(format!(
            "{shown} is no rule folder, no pack and no folder of packs"
        ))
        .hint("a rule folder holds `rule.toml`, a pack `pack.toml`"));
    }
    let all = packs.iter().flat_map(|pack| rules_of(pack)).collect();
    some(all, &packs[0], shown)
}

/// The rules, if there are any: who names a pack means some. A folder that is no rule for its name says why.
fn some(rules: Vec<Place>, pack: &Path, shown: &str) -> Result<Vec<Place>, CommandError> {
    if !rules.is_empty() {
        return Ok(rules);
    }
    for folder in folders(pack) {
        if folder.join("rule.toml").is_file() {
            place(&folder, None)?;
        }
    }
    Err(CommandError::usage(format!("{shown} holds no rule")).hint(
        "a rule is a folder with `rule.toml` in a pack; `perfctl rule new ID --dir DIR` makes one",
    ))
}

fn place(rule: &Path, case: Option<PathBuf>) -> Result<Place, CommandError> {
    let name = rule
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let pack = rule.parent().map(Path::to_owned).unwrap_or_default();
    if !RuleId::is_well_formed(&name) {
        return Err(CommandError::usage(format!("{}: `{name}` is no rule id", rule.display()))
            .hint("a rule's folder is called as the rule: words in capitals and numbers, joined by dashes"));
    }
    if !pack.join("pack.toml").is_file() {
        return Err(CommandError::usage(format!(
            "{} has no `pack.toml`: a rule lies in a pack",
            pack.display()
        ))
        .hint("`perfctl rule new ID --dir DIR` makes both"));
    }
    Ok(Place {
        pack,
        id: RuleId::from(name.as_str()),
        case,
    })
}

fn rules_of(pack: &Path) -> Vec<Place> {
    // One that lost its head is tested, too, so that it fails.
    let is_rule = |rule: &PathBuf| {
        rule.join("rule.toml").is_file()
            || rule.join("rule.lua").is_file()
            || rule.join("cases").is_dir()
    };
    let rules = folders(pack).into_iter().filter(is_rule);
    // Folders that are no rule ids are among the pack's problems.
    rules.filter_map(|rule| place(&rule, None).ok()).collect()
}

fn folders(dir: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(dir) else {
        return Vec::new();
    };
    let mut all: Vec<PathBuf> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.is_dir())
        .collect();
    all.sort();
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn world() -> tempfile::TempDir {
        let dir = tempfile::tempdir().expect("a folder");
        for path in [
            "plugins/a/pack.toml",
            "plugins/a/NET-1/rule.toml",
            "plugins/a/NET-1/cases/one/x.py",
            "plugins/a/NET-2/rule.toml",
            "plugins/a/facts/x.toml",
            ".perfctl/plugins/b/pack.toml",
            ".perfctl/plugins/b/ORG-1/rule.toml",
            "plugins/c/ORG-2/rule.toml",
        ] {
            let path = dir.path().join(path);
            std::fs::create_dir_all(path.parent().expect("it has one")).expect("a folder");
            std::fs::write(path, "").expect("a file");
        }
        dir
    }

    fn ids(here: &Path, arguments: &[&str]) -> Result<Vec<String>, String> {
        let arguments: Vec<String> = arguments.iter().map(|text| (*text).to_owned()).collect();
        let places = find(here, &arguments).map_err(|error| error.message)?;
        let shown = |place: Place| match place.case {
            Some(case) => format!(
                "{} {}",
                place.id,
                case.file_name().expect("it has one").display()
            ),
            None => place.id.to_string(),
        };
        Ok(places.into_iter().map(shown).collect())
    }

    #[test]
    fn every_way_to_name_rules_is_understood() {
        let world = world();
        let here = world.path();
        assert_eq!(ids(here, &[]).expect("found"), ["ORG-1", "NET-1", "NET-2"]);
        assert_eq!(ids(here, &["plugins"]).expect("found"), ["NET-1", "NET-2"]);
        assert_eq!(
            ids(here, &["plugins/a", "NET-1"]).expect("found"),
            ["NET-1", "NET-2"]
        );
        assert_eq!(
            ids(here, &["ORG-1", "plugins/a/NET-2/"]).expect("found"),
            ["ORG-1", "NET-2"]
        );
        assert_eq!(
            ids(here, &["plugins/a/NET-1/cases"]).expect("found"),
            ["NET-1"]
        );
        assert_eq!(
            ids(here, &["plugins/a/NET-1/cases/one"]).expect("found"),
            ["NET-1 one"]
        );
        assert_eq!(
            ids(here, &["plugins/a/NET-1/cases/one", "plugins/a"]).expect("found"),
            ["NET-1", "NET-2"]
        );
        assert_eq!(
            ids(&here.join("plugins/a"), &[]).expect("found"),
            ["NET-1", "NET-2"]
        );
        assert_eq!(
            ids(&here.join("plugins/a/NET-2"), &["."]).expect("found"),
            ["NET-2"]
        );
    }

    #[test]
    fn what_means_no_rule_says_why() {
        let world = world();
        for path in [
            "plugins/d/pack.toml",
            "plugins/d/org_1/rule.toml",
            "more/e/pack.toml",
        ] {
            let path = world.path().join(path);
            std::fs::create_dir_all(path.parent().expect("it has one")).expect("a folder");
            std::fs::write(path, "").expect("a file");
        }
        for (argument, fault) in [
            ("plugins/d", "`org_1` is no rule id"),
            ("more/e", "more/e holds no rule"),
            ("more", "more holds no rule"),
            ("nowhere", "no file or directory nowhere"),
            (
                "NET-9",
                "no pack of the current directory has a rule `NET-9`",
            ),
            ("plugins/a/facts", "is no rule folder"),
            ("plugins/c/ORG-2", "has no `pack.toml`"),
        ] {
            let error = ids(world.path(), &[argument]).expect_err(argument);
            assert!(error.contains(fault), "{argument}: {error}");
        }
        assert!(
            ids(&world.path().join("plugins/c"), &[])
                .expect_err("none")
                .contains("there are no rules")
        );
    }
}
