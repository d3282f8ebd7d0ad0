//! Where a run's files go: the output directory, or nowhere.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use perfctl_core::ids::StepId;
use perfctl_core::run::{Artifact, RunRecord};
use perfctl_core::seams::View;
use perfctl_engine::seams::{ArtifactStore, Reports};
use perfctl_report::Templates;
use sha2::{Digest as _, Sha256};

use crate::ui::write_whole;

/// The directory of `--out`.
pub(crate) struct OutputDirectory {
    root: PathBuf,
    templates: Templates,
    /// Steps that have left something in this run.
    begun: Mutex<BTreeSet<String>>,
}

impl OutputDirectory {
    /// Files go below `root`.
    pub(crate) fn new(root: PathBuf, templates: Templates) -> Self {
        Self {
            root,
            templates,
            begun: Mutex::default(),
        }
    }

    /// Makes the directory before anything runs, so that an audit does not end with a place that nothing can be written to. A new
    /// or empty one is hidden from git, and from the next audit, by a `.gitignore` of its own.
    pub(crate) fn prepare(&self) -> std::io::Result<()> {
        std::fs::create_dir_all(&self.root)?;
        if std::fs::read_dir(&self.root)?.next().is_none() {
            write_whole(&self.root.join(".gitignore"), b"# Written by perfctl.\n*\n")
        } else {
            tempfile::tempfile_in(&self.root).map(drop)
        }
    }

    fn write(&self, path: &str, what: &str, bytes: &[u8]) -> Result<Artifact, String> {
        let file = self.root.join(path);
        write_whole(&file, bytes)
            .map_err(|error| format!("cannot write {}: {error}", file.display()))?;
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

impl ArtifactStore for OutputDirectory {
    fn put(&self, step: &StepId, name: &str, what: &str, bytes: &[u8]) -> Result<Artifact, String> {
        let step = plain(step.as_str());
        let mut begun = self.begun.lock().unwrap_or_else(PoisonError::into_inner);
        if begun.insert(step.clone()) {
            // What an earlier run left under the same name would pass for this one's.
            let _ = std::fs::remove_dir_all(self.root.join("artifacts").join(&step));
        }
        drop(begun);
        self.write(&format!("artifacts/{step}/{}", plain(name)), what, bytes)
    }
}

impl Reports for OutputDirectory {
    fn render(&self, template: &str, file: &Path, record: &RunRecord) -> Result<Artifact, String> {
        let text = self
            .templates
            .render(template, record, &View::default())
            .map_err(|error| error.to_string())?;
        let name = file
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        self.write(&plain(&name), "report", text.as_bytes())
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
