//! Which collectors and formats an argument of `plugin test` means: a pack, the folder of one of them in it, or a single case.

use std::path::{Path, PathBuf};

use perfctl_wire::rule::{Kind, read_pack};

use crate::error::CommandError;
use crate::plugins::written_id;

/// Cases of collectors or formats, by where they lie.
#[derive(Debug)]
pub(in crate::commands::plugin) struct Place {
    /// The folder of their pack, absolute.
    pub(in crate::commands::plugin) pack: PathBuf,
    /// Only the collector or format of this name.
    pub(super) name: Option<String>,
    /// Only this case.
    case: Option<PathBuf>,
}

fn name_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

/// Whether the folder is a pack whose plugin judges nothing; faults of its head are faults of such a pack, if it looks like one.
fn is_extension(pack: &Path) -> Result<bool, CommandError> {
    let path = pack.join("pack.toml");
    let Ok(text) = std::fs::read_to_string(&path) else {
        return Ok(false);
    };
    let looks_so = ["[collector", "[reporter"];
    if !looks_so.iter().any(|table| text.contains(table)) {
        return Ok(false);
    }
    let id = written_id(&text).unwrap_or_else(|| name_of(pack));
    let head = read_pack(&path.display().to_string(), &text, &id)?;
    Ok(head.kind() != Kind::Rules)
}

impl Place {
    /// What `argument` means; `None` where it is something else, such as rules.
    pub(in crate::commands::plugin) fn of(argument: &str) -> Result<Option<Self>, CommandError> {
        let Ok(path) = std::fs::canonicalize(argument) else {
            return Ok(None);
        };
        let above = |steps: usize| path.ancestors().nth(steps).unwrap_or(Path::new(""));
        let name = |steps: usize| Some(name_of(above(steps)));
        let is_cases = |steps: usize| name_of(above(steps)) == "cases";
        let place = |pack: usize, name: Option<String>, case: Option<PathBuf>| Self {
            pack: above(pack).to_owned(),
            name,
            case,
        };
        if is_extension(&path)? {
            Ok(Some(place(0, None, None)))
        } else if is_extension(above(1))? {
            Ok(Some(place(1, name(0), None)))
        } else if is_cases(0) && is_extension(above(2))? {
            Ok(Some(place(2, name(1), None)))
        } else if is_cases(1) && is_extension(above(3))? {
            Ok(Some(place(3, name(2), Some(path.clone()))))
        } else {
            Ok(None)
        }
    }

    /// The pack's folder from the current directory, if it lies below.
    pub(super) fn shown(&self) -> Option<String> {
        let here = std::env::current_dir()
            .and_then(std::fs::canonicalize)
            .ok()?;
        let below = self.pack.strip_prefix(here).ok()?;
        let shown = below.display().to_string();
        (!shown.is_empty()).then_some(shown)
    }

    /// The id of the pack: its folder may be called otherwise.
    pub(super) fn id(&self) -> String {
        let head = std::fs::read_to_string(self.pack.join("pack.toml")).unwrap_or_default();
        written_id(&head).unwrap_or_else(|| name_of(&self.pack))
    }

    /// Whether a collector or format of that name is meant.
    pub(in crate::commands::plugin) fn means(&self, name: &str) -> bool {
        self.name.as_deref().is_none_or(|own| own == name)
    }

    /// The cases to run, in the order of their names.
    pub(in crate::commands::plugin) fn cases(
        &self,
        name: &str,
    ) -> Result<Vec<PathBuf>, CommandError> {
        if let Some(case) = &self.case {
            return Ok(vec![case.clone()]);
        }
        let dir = self.pack.join(name).join("cases");
        let entries = match std::fs::read_dir(&dir) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => {
                let shown = dir.display();
                return Err(CommandError::usage(format!("cannot read {shown}: {error}")));
            }
        };
        let paths = entries.flatten().map(|entry| entry.path());
        let mut cases: Vec<PathBuf> = paths.filter(|path| path.is_dir()).collect();
        cases.sort();
        Ok(cases)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pack_a_folder_in_it_and_a_case_are_told_from_rules() {
        let dir = tempfile::tempdir().expect("a folder");
        let head = |id: &str| {
            format!(
                "schema = 'perfctl.pack/1'\nid = '{id}'\ntitle = 't'\nversion = '0.1.0'\nedition = 1\n"
            )
        };
        let write = |path: &str, text: &str| {
            let path = dir.path().join(path);
            std::fs::create_dir_all(path.parent().expect("it has one")).expect("a folder");
            std::fs::write(path, text).expect("a file");
        };
        let collectors = head("acme") + "[collector.acme-tool]\nabout = 'a'\nmetrics = []\n";
        write("acme/pack.toml", &collectors);
        write("acme/acme-tool/cases/b/output", "");
        write("acme/acme-tool/cases/a/output", "");
        write("rules/pack.toml", &head("rules"));
        write("rules/ORG-1/cases/a/x.py", "");
        let of = |path: &str| Place::of(&dir.path().join(path).display().to_string());
        for (path, name, cases) in [
            ("acme", None, 2),
            ("acme/acme-tool", Some("acme-tool"), 2),
            ("acme/acme-tool/cases", Some("acme-tool"), 2),
            ("acme/acme-tool/cases/b", Some("acme-tool"), 1),
        ] {
            let place = of(path).expect("readable").expect("a place");
            assert_eq!((place.id().as_str(), place.name.as_deref()), ("acme", name));
            assert_eq!(
                place.cases("acme-tool").expect("readable").len(),
                cases,
                "{path}"
            );
        }
        for path in [
            "rules",
            "rules/ORG-1",
            "rules/ORG-1/cases/a",
            "nowhere",
            ".",
        ] {
            assert!(of(path).expect("readable").is_none(), "{path}");
        }
        write("broken/pack.toml", &(head("broken") + "[collector.x]\n"));
        assert!(of("broken").is_err());
    }
}
