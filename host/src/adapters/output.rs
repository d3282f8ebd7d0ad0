//! Where a run's files go: the output directory, or nowhere.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

use perfctl_core::ids::StepId;
use perfctl_core::run::{Artifact, RunRecord};
use perfctl_core::seams::View;
use perfctl_engine::seams::{ArtifactStore, Reports};
use perfctl_report::Templates;
use sha2::{Digest as _, Sha256};

use super::earlier::Earlier;
use crate::files;

/// The record of a run.
const RECORD: &str = "run.json";

/// Raw outputs, in a directory for each step.
const ARTIFACTS: &str = "artifacts";

/// What hides a new output directory from git, and tells it from a directory of the user's own.
const IGNORE: &str = "# Written by perfctl.\n*\n";

/// The directory of `--out`.
///
/// It may lie in the audited repository, which may have put anything there: a link in it is replaced, and none is followed.
pub(crate) struct OutputDirectory {
    root: PathBuf,
    /// The repository that is audited.
    repository: PathBuf,
    templates: Templates,
    /// Steps that have left something in this run.
    begun: Mutex<BTreeSet<String>>,
    /// Whether a whole audit is there, which this run replaces when it has come to its end and not before.
    stands: OnceLock<bool>,
    /// What the audit before has left.
    earlier: OnceLock<Earlier>,
    /// Paths of the files that this run has written.
    written: Mutex<BTreeSet<String>>,
}

/// Where the files of a run are in the end, and what went for them.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Settled {
    /// The directory within the output directory in which they are; `None` for that itself.
    pub(crate) aside: Option<&'static str>,
    /// Files of the audit before that this one did not write again.
    pub(crate) gone: Vec<String>,
}

/// Where a run's files are until it has come to its end, where a whole audit stands.
const UNFINISHED: &str = ".unfinished";

/// Where the files of a run are that was interrupted, where a whole audit stands.
const INTERRUPTED: &str = "interrupted";

impl OutputDirectory {
    /// Files of an audit of `repository` go below `root`, which is absolute.
    pub(crate) fn new(root: PathBuf, repository: PathBuf, templates: Templates) -> Self {
        Self {
            root,
            repository,
            templates,
            begun: Mutex::default(),
            stands: OnceLock::new(),
            earlier: OnceLock::new(),
            written: Mutex::default(),
        }
    }

    /// Where files of this run go for now, from the output directory.
    fn stage(&self) -> &'static str {
        match self.stands.get() {
            Some(true) => UNFINISHED,
            _ => "",
        }
    }

    /// Whether it is the audited repository.
    pub(crate) fn is_repository(&self) -> bool {
        let real = |path: &Path| path.canonicalize().ok();
        real(&self.root).is_some_and(|root| real(&self.repository) == Some(root))
    }

    /// What is there under the name of a file that an audit with these `reports` writes, and that no audit has left: it would
    /// be replaced without a word.
    pub(crate) fn in_the_way<'r>(&self, reports: impl Iterator<Item = &'r str>) -> Option<PathBuf> {
        if is_record(&self.root.join(RECORD)) || is_hidden_by_us(&self.root) {
            return None;
        }
        let names =
            [RECORD, "findings.sarif", ARTIFACTS, UNFINISHED, INTERRUPTED].map(str::to_owned);
        let mut names = names.into_iter().chain(reports.map(report_name));
        names.find_map(|name| {
            let file = self.root.join(name);
            file.symlink_metadata().is_ok().then_some(file)
        })
    }

    /// Makes the directory before anything runs, so that an audit does not end with a place that nothing can be written to. A new
    /// or empty one is hidden from git, and from the next audit, by a `.gitignore` of its own.
    pub(crate) fn prepare(&self) -> std::io::Result<()> {
        if let Some(link) = files::link_within(&self.repository, &self.root) {
            let why = format!("{} is a link in the audited repository", link.display());
            return Err(std::io::Error::other(why));
        }
        std::fs::create_dir_all(&self.root)?;
        // Of a run that was killed.
        self.discard(UNFINISHED)?;
        let _ = self.earlier.set(Earlier::of(&self.root.join(RECORD)));
        let _ = self.stands.set(is_whole(&self.root.join(RECORD)));
        if std::fs::read_dir(&self.root)?.next().is_none() {
            files::replace(&self.root.join(".gitignore"), IGNORE.as_bytes())
        } else {
            files::try_directory(&self.root)
        }
    }

    /// Puts the files of a run that has come to its end in their places, or those of an interrupted one aside, where a whole audit
    /// stands. What the audit before wrote and this one did not goes with it.
    pub(crate) fn settle(&self, interrupted: bool) -> std::io::Result<Settled> {
        let aside = self.place(interrupted)?;
        let gone = match (aside, self.earlier.get()) {
            (None, Some(earlier)) => {
                let written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
                earlier.clear(&self.root, &written)
            }
            _ => Vec::new(),
        };
        Ok(Settled { aside, gone })
    }

    fn place(&self, interrupted: bool) -> std::io::Result<Option<&'static str>> {
        if self.stage().is_empty() {
            return Ok(None);
        }
        self.discard(INTERRUPTED)?;
        let stage = self.root.join(UNFINISHED);
        if interrupted {
            std::fs::rename(&stage, self.root.join(INTERRUPTED))?;
            return Ok(Some(INTERRUPTED));
        }
        let steps = stage.join(ARTIFACTS);
        if steps.is_dir() {
            self.make_way(&format!("{ARTIFACTS}/x"))?;
            for step in std::fs::read_dir(&steps)? {
                let step = step?;
                let name = format!("{ARTIFACTS}/{}", step.file_name().to_string_lossy());
                self.discard(&name)?;
                std::fs::rename(step.path(), self.root.join(name))?;
            }
            std::fs::remove_dir(&steps)?;
        }
        // The record comes last: what it names is there by then.
        let names = std::fs::read_dir(&stage)?.map(|file| Ok(file?.file_name()));
        let mut names = names.collect::<std::io::Result<Vec<_>>>()?;
        names.sort_by_key(|name| name == RECORD);
        for name in names {
            std::fs::rename(stage.join(&name), self.root.join(&name))?;
        }
        std::fs::remove_dir(&stage)?;
        Ok(None)
    }

    /// Removes a directory of ours. Of a link only the link goes.
    fn discard(&self, name: &str) -> std::io::Result<()> {
        let path = self.root.join(name);
        let gone = match path.symlink_metadata() {
            Ok(found) if found.is_dir() => std::fs::remove_dir_all(&path),
            Ok(_) => std::fs::remove_file(&path),
            Err(error) => Err(error),
        };
        match gone {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// Takes back what [`Self::prepare`] made for a run that never began; what else is there stays.
    pub(crate) fn withdraw(&self) {
        let _ = self.discard(UNFINISHED);
        let hides = self.root.join(".gitignore");
        let alone = std::fs::read_dir(&self.root).is_ok_and(|entries| entries.count() == 1);
        if alone && std::fs::read(&hides).is_ok_and(|text| text == IGNORE.as_bytes()) {
            // What cannot be removed is an empty directory, and no harm.
            let _ = std::fs::remove_file(&hides).and_then(|()| std::fs::remove_dir(&self.root));
        }
    }

    /// Writes a file of the audit at `path`, a path of harmless names.
    pub(crate) fn write(&self, path: &str, what: &str, bytes: &[u8]) -> Result<Artifact, String> {
        let place = Path::new(self.stage()).join(path);
        let file = self.root.join(&place);
        let failed = |error: std::io::Error| format!("cannot write {}: {error}", file.display());
        self.make_way(&place.to_string_lossy()).map_err(failed)?;
        files::replace(&file, bytes).map_err(failed)?;
        let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        written.insert(path.to_owned());
        drop(written);
        Ok(Artifact {
            path: path.to_owned(),
            size: bytes.len() as u64,
            sha256: Sha256::digest(bytes)
                .iter()
                .map(|byte| format!("{byte:02x}"))
                .collect(),
            what: what.to_owned(),
        })
    }
}

impl OutputDirectory {
    /// Makes the directories on the way to `path`. A link among them is taken away first.
    fn make_way(&self, path: &str) -> std::io::Result<()> {
        let parent = Path::new(path).parent().unwrap_or(Path::new(""));
        let mut dir = self.root.clone();
        for part in parent.components() {
            dir.push(part);
            if dir.is_symlink() {
                std::fs::remove_file(&dir)?;
            }
            match std::fs::create_dir(&dir) {
                Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => {
                    return Err(error);
                }
                _ => {}
            }
        }
        Ok(())
    }
}

/// A step's or file's name as one harmless part of a path.
fn plain(name: &str) -> String {
    let clean: String = name
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.') {
                c
            } else {
                '_'
            }
        })
        .collect();
    match clean.trim_start_matches('.') {
        "" => "_".to_owned(),
        rest => rest.to_owned(),
    }
}

/// The name of a report in the output directory, of the one that the recipe gives.
fn report_name(file: &str) -> String {
    let name = Path::new(file).file_name().unwrap_or_default();
    plain(&name.to_string_lossy())
}

/// Whether `file` is the record of an audit, of whatever version.
fn is_record(file: &Path) -> bool {
    #[derive(serde::Deserialize)]
    struct Head {
        schema: String,
    }
    // A pipe or a device would never end.
    let text = file.is_file().then(|| std::fs::read(file).ok()).flatten();
    let head = text.and_then(|text| serde_json::from_slice::<Head>(&text).ok());
    let family = perfctl_wire::record::SCHEMA.split('/').next();
    head.is_some_and(|head| head.schema.split('/').next() == family)
}

/// Whether `file` is the record of an audit that came to its end.
fn is_whole(file: &Path) -> bool {
    let text = file.is_file().then(|| std::fs::read_to_string(file).ok());
    let record = text.flatten();
    let record = record.and_then(|text| perfctl_wire::record::read("", &text).ok());
    record.is_some_and(|record| !record.interrupted)
}

/// Whether an audit has made the directory `root`, even one that was killed before its record was written.
fn is_hidden_by_us(root: &Path) -> bool {
    let file = root.join(".gitignore");
    file.is_file() && std::fs::read(file).is_ok_and(|text| text == IGNORE.as_bytes())
}

impl ArtifactStore for OutputDirectory {
    fn put(&self, step: &StepId, name: &str, what: &str, bytes: &[u8]) -> Result<Artifact, String> {
        let step = plain(step.as_str());
        let mut begun = self.begun.lock().unwrap_or_else(PoisonError::into_inner);
        if begun.insert(step.clone()) {
            // What an earlier run left under the same name would pass for this one's. Of a link only the link goes.
            let all = self.root.join(self.stage()).join(ARTIFACTS);
            if all.is_symlink() {
                let _ = std::fs::remove_file(&all);
            }
            let _ = std::fs::remove_dir_all(all.join(&step));
        }
        drop(begun);
        self.write(&format!("{ARTIFACTS}/{step}/{}", plain(name)), what, bytes)
    }
}

impl Reports for OutputDirectory {
    fn render(&self, template: &str, file: &Path, record: &RunRecord) -> Result<Artifact, String> {
        let text = self
            .templates
            .render(template, record, &View::default())
            .map_err(|error| error.to_string())?;
        let name = report_name(&file.to_string_lossy());
        self.write(&name, "report", text.as_bytes())
    }
}

/// Keeps nothing: `perfctl check` leaves no files.
pub(crate) struct Discard;

impl ArtifactStore for Discard {
    fn put(&self, _: &StepId, name: &str, _: &str, _: &[u8]) -> Result<Artifact, String> {
        Err(format!("{name} is not kept: this command leaves no files"))
    }
}

impl Reports for Discard {
    fn render(&self, template: &str, _: &Path, _: &RunRecord) -> Result<Artifact, String> {
        Err(format!(
            "{template} is not rendered: this command leaves no files"
        ))
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    /// What an audit of a repository leaves with the links `links` in its output directory, and what lies elsewhere afterwards.
    #[test]
    fn a_link_of_the_audited_repository_is_never_followed() {
        let dir = tempfile::tempdir().expect("works here");
        let (victim, repository) = (dir.path().join("victim"), dir.path().join("shop"));
        let out = repository.join("perfctl-out");
        std::fs::create_dir_all(victim.join("clients")).expect("works here");
        std::fs::write(victim.join("bashrc"), "mine").expect("works here");
        std::fs::write(victim.join("clients/keep"), "mine").expect("works here");
        std::fs::create_dir_all(&out).expect("works here");
        symlink("../../victim/bashrc", out.join("report.md")).expect("works here");
        symlink("../../victim", out.join("artifacts")).expect("works here");
        let output = OutputDirectory::new(out.clone(), repository, Templates::default());
        output.prepare().expect("a directory of its own");
        output
            .write("report.md", "report", b"new")
            .expect("written");
        output
            .put(&"clients".into(), "stdout.txt", "output", b"new")
            .expect("written");
        let read = |path: PathBuf| std::fs::read_to_string(path).expect("there");
        assert_eq!(read(victim.join("bashrc")), "mine");
        assert_eq!(read(victim.join("clients/keep")), "mine");
        assert!(!victim.join("clients/stdout.txt").exists());
        assert_eq!(read(out.join("report.md")), "new");
        assert_eq!(read(out.join("artifacts/clients/stdout.txt")), "new");
    }

    #[test]
    fn what_no_audit_has_left_is_in_the_way_and_what_one_has_left_is_not() {
        let dir = tempfile::tempdir().expect("works here");
        let root = dir.path().to_owned();
        let output = OutputDirectory::new(root.clone(), root.join("shop"), Templates::default());
        let write = |name: &str, text: &str| {
            std::fs::write(root.join(name), text).expect("works here");
        };
        let in_the_way = || {
            let file = output.in_the_way(["reports/report.md"].into_iter())?;
            let name = file.file_name()?.to_string_lossy().into_owned();
            Some(name)
        };
        write("notes.md", "mine");
        assert_eq!(in_the_way(), None);
        for mine in [UNFINISHED, INTERRUPTED] {
            std::fs::create_dir(root.join(mine)).expect("works here");
            assert_eq!(in_the_way().as_deref(), Some(mine));
            std::fs::remove_dir(root.join(mine)).expect("works here");
        }
        write("report.md", "mine");
        assert_eq!(in_the_way().as_deref(), Some("report.md"));
        for mine in ["{}", "no JSON", r#"{"schema": "other/1"}"#] {
            write("run.json", mine);
            assert_eq!(in_the_way().as_deref(), Some("run.json"), "{mine}");
        }
        write("run.json", r#"{"schema": "perfctl.run/9", "items": []}"#);
        assert_eq!(in_the_way(), None);
        std::fs::remove_file(root.join("run.json")).expect("works here");
        symlink("nowhere", root.join("artifacts")).expect("works here");
        assert_eq!(in_the_way().as_deref(), Some("artifacts"));
        write(".gitignore", "*\n");
        assert_eq!(in_the_way().as_deref(), Some("artifacts"));
        write(".gitignore", IGNORE);
        assert_eq!(in_the_way(), None);
    }

    /// The record of an audit that came to its end, or was interrupted.
    fn record_of(interrupted: bool) -> String {
        let run = serde_json::json!({
            "schema": perfctl_wire::record::SCHEMA, "id": "r", "recipe": "x", "title": "", "started_ms": 0, "duration_ms": 0.0,
            "version": "0", "source": { "name": "shop", "origin": "/srv/shop", "dirty": false },
            "portrait": { "files": 0 }, "environment": { "os": "", "arch": "", "cpus": 1 }, "interrupted": interrupted,
        });
        run.to_string()
    }

    #[test]
    fn an_interrupted_run_replaces_no_audit_that_came_to_its_end() {
        let dir = tempfile::tempdir().expect("works here");
        let (out, victim) = (dir.path().join("out"), dir.path().join("victim"));
        std::fs::create_dir_all(&victim).expect("works here");
        let read = |name: &str| std::fs::read_to_string(out.join(name)).ok();
        let run = |interrupted: bool, text: &str| {
            let repository = dir.path().join("shop");
            let output = OutputDirectory::new(out.clone(), repository, Templates::default());
            output.prepare().expect("a directory of its own");
            let put = output.put(&"deps".into(), "stdout.txt", "output", text.as_bytes());
            assert_eq!(put.expect("kept").path, "artifacts/deps/stdout.txt");
            output
                .write("report.md", "report", text.as_bytes())
                .expect("written");
            let record = record_of(interrupted);
            output
                .write(RECORD, "record", record.as_bytes())
                .expect("written");
            output.settle(interrupted).expect("settled").aside
        };
        let all = |at: &str, text: &str| {
            let said = ["report.md", "artifacts/deps/stdout.txt"]
                .map(|name| read(&format!("{at}{name}")).unwrap_or_default());
            said == [text, text]
        };
        // Nothing stands there that could be lost.
        assert_eq!(run(true, "half"), None);
        assert!(all("", "half"));
        assert_eq!(run(false, "first"), None);
        assert!(all("", "first") && read("interrupted/run.json").is_none());
        assert_eq!(run(true, "broken off"), Some("interrupted"));
        assert!(all("", "first") && all("interrupted/", "broken off"));
        assert_eq!(read(RECORD), Some(record_of(false)));
        // The next one replaces both, whatever was made of its place meanwhile.
        symlink(&victim, out.join(UNFINISHED)).expect("works here");
        assert_eq!(run(false, "second"), None);
        assert!(all("", "second") && !out.join("interrupted").exists());
        assert!(!out.join(UNFINISHED).exists());
        assert_eq!(std::fs::read_dir(&victim).expect("there").count(), 0);
    }

    #[test]
    fn an_output_directory_that_is_a_link_counts_only_where_the_user_made_it() {
        let dir = tempfile::tempdir().expect("works here");
        let repository = dir.path().join("shop");
        std::fs::create_dir_all(&repository).expect("works here");
        std::fs::create_dir_all(dir.path().join("elsewhere")).expect("works here");
        symlink("../elsewhere", repository.join("out")).expect("works here");
        symlink("elsewhere", dir.path().join("mine")).expect("works here");
        let prepare = |out: PathBuf| {
            OutputDirectory::new(out, repository.clone(), Templates::default()).prepare()
        };
        for out in ["out", "out/deeper"] {
            let refused = prepare(repository.join(out)).expect_err("a link");
            assert!(
                refused
                    .to_string()
                    .ends_with("shop/out is a link in the audited repository")
            );
        }
        prepare(dir.path().join("mine")).expect("the user's own link");
    }
}
