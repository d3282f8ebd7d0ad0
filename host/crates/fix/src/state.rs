//! The files as they are after the rounds so far, and what a set of fixes would make of them.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use perfctl_core::fix::{Fix, spliced};
use perfctl_core::place::ByteSpan;

use crate::verify::Edits;
use crate::{Changed, Repository, Soundness, Texts, Why};

/// One file.
#[derive(Clone)]
struct File {
    /// What it was before the first round.
    original: Arc<str>,
    /// What it is now.
    text: Arc<str>,
    /// What it was after each round that changed it, the original among it.
    earlier: Vec<Arc<str>>,
    soundness: Soundness,
}

/// The files of the repository that fixes speak of.
pub(crate) struct State<'r> {
    repository: &'r dyn Repository,
    files: RefCell<BTreeMap<Arc<str>, Result<File, String>>>,
}

/// The edits of `fixes` by file, sorted within each.
pub(crate) fn edits_of<'e>(fixes: &[&'e Fix]) -> Edits<'e> {
    let mut edits = Edits::new();
    for edit in fixes.iter().flat_map(|fix| &fix.edits) {
        edits.entry(edit.path.clone()).or_default().push(edit);
    }
    for own in edits.values_mut() {
        own.sort_by_key(|edit| edit.span);
    }
    edits
}

impl<'r> State<'r> {
    pub(crate) fn new(repository: &'r dyn Repository) -> Self {
        Self {
            repository,
            files: RefCell::default(),
        }
    }

    fn file(&self, path: &Arc<str>) -> Result<File, String> {
        let read = || {
            let text = self.repository.read(path)?;
            Ok(File {
                soundness: self.repository.soundness(path, &text),
                earlier: vec![text.clone()],
                original: text.clone(),
                text,
            })
        };
        let mut files = self.files.borrow_mut();
        files.entry(path.clone()).or_insert_with(read).clone()
    }

    /// Why a fix cannot be made at all.
    pub(crate) fn refuses(&self, fix: &Fix) -> Option<Why> {
        let paths: BTreeSet<&Arc<str>> = fix.edits.iter().map(|edit| &edit.path).collect();
        for path in paths {
            if let Err(why) = self.file(path) {
                return Some(Why::Unwritable(path.clone(), why));
            }
        }
        None
    }

    /// A file of a fix whose notation no parser reads.
    pub(crate) fn unread(&self, fix: &Fix) -> Option<Arc<str>> {
        let is_unread =
            |path: &Arc<str>| self.file(path).is_ok_and(|file| file.soundness.is_unread);
        let mut paths = fix.edits.iter().map(|edit| &edit.path);
        paths.find(|path| is_unread(path)).cloned()
    }

    /// The parts of a file of which one fix at a time may change something.
    pub(crate) fn whole(&self, path: &str) -> Vec<ByteSpan> {
        self.file(&path.into())
            .map(|file| file.soundness.whole)
            .unwrap_or_default()
    }

    /// The texts that `edits` come to, of the files that they change.
    ///
    /// # Errors
    /// The first file that must not come to that, with the reason.
    pub(crate) fn with(&self, edits: &Edits<'_>) -> Result<Texts, (Arc<str>, Why)> {
        let mut texts = Texts::new();
        for (path, edits) in edits {
            let breaks = || (path.clone(), Why::Breaks(path.clone()));
            let file = self
                .file(path)
                .map_err(|why| (path.clone(), Why::Unwritable(path.clone(), why)))?;
            let text: Arc<str> = spliced(file.text.as_bytes(), edits.iter().copied())
                .and_then(|bytes| String::from_utf8(bytes).ok())
                .ok_or_else(breaks)?
                .into();
            if file.earlier.contains(&text) {
                return Err((path.clone(), Why::Returns(path.clone())));
            }
            if self.repository.soundness(path, &text).faults > file.soundness.faults {
                return Err(breaks());
            }
            texts.insert(path.clone(), text);
        }
        Ok(texts)
    }

    /// Every file that is another than on disk, with `new` texts for some.
    pub(crate) fn overlay(&self, new: &Texts) -> Texts {
        let mut all: Texts = self
            .changed()
            .into_iter()
            .map(|file| (file.path, file.after))
            .collect();
        all.extend(new.iter().map(|(path, text)| (path.clone(), text.clone())));
        all
    }

    /// Makes `new` texts those of the files.
    pub(crate) fn keep(&mut self, new: Texts) {
        let mut files = self.files.borrow_mut();
        for (path, text) in new {
            if let Some(Ok(file)) = files.get_mut(&path) {
                file.soundness = self.repository.soundness(&path, &text);
                file.earlier.push(text.clone());
                file.text = text;
            }
        }
    }

    /// The files that are another than on disk.
    pub(crate) fn changed(&self) -> Vec<Changed> {
        let files = self.files.borrow();
        let known = files
            .iter()
            .filter_map(|(path, file)| Some((path, file.as_ref().ok()?)));
        known
            .filter(|(_, file)| file.text != file.original)
            .map(|(path, file)| Changed {
                path: path.clone(),
                before: file.original.clone(),
                after: file.text.clone(),
            })
            .collect()
    }
}
