//! `[applies]`: which repositories a rule is about, and what its verdict says of the others.

use globset::Glob;
use perfctl_scan::lower::Language;
use perfctl_scan::matcher::files::is_sane;
use perfctl_scan::matcher::{Files, PathPattern};
use perfctl_scan::view::RepoView;
use perfctl_scan::view::named::is_counted;
use perfctl_wire::diagnose::Faults;
use perfctl_wire::table::{RawTable, Refusal, Table, Value};

use crate::matchers::patterns;

/// When a rule applies. Any one of the conditions is enough; none at all means always.
#[derive(Clone, Debug, Default)]
pub struct Applies {
    languages: Vec<Language>,
    imports: Vec<PathPattern>,
    files: Option<Files>,
    reason: String,
}

impl Applies {
    /// Reads the table. A rule without one applies wherever one of its languages is.
    ///
    /// # Errors
    /// Every fault of the table.
    pub(crate) fn read(table: Option<&RawTable>, languages: &[Language]) -> Result<Self, Faults> {
        let mut applies = match table {
            None => Self::default(),
            Some(table) => table.read(|table: &Table<'_>| {
                let imports = patterns(table, "imports");
                let globs = table.texts("files");
                let reason = table.filled("reason", "\"no Redis client in this repository\"");
                let files = (!globs.is_empty()).then(|| files(&globs));
                Some(Self {
                    languages: Vec::new(),
                    imports,
                    files,
                    reason: reason?.to_owned(),
                })
            })?,
        };
        applies.languages = languages.to_vec();
        Ok(applies)
    }

    /// Whether the answer may hang on what code imports.
    pub(crate) fn asks_for_imports(&self) -> bool {
        !self.imports.is_empty()
    }

    /// Why the rule does not apply to a repository; `None` when it does.
    pub fn refuses(&self, repo: &RepoView) -> Option<String> {
        let conditional = !self.imports.is_empty() || self.files.is_some();
        if let Some(files) = &self.files
            && repo
                .entries()
                .iter()
                .any(|entry| is_counted(entry.class) && files.is_match(&entry.path))
        {
            return None;
        }
        if repo.imports().has(&self.imports) {
            return None;
        }
        let has_language = self.languages.is_empty()
            || repo
                .repo
                .files
                .iter()
                .any(|file| is_counted(file.class) && self.languages.contains(&file.language));
        // That nothing is imported says little where there is nothing that could.
        if conditional && (has_language || self.files.is_some()) {
            return Some(self.reason.clone());
        }
        if has_language {
            return None;
        }
        let names: Vec<&str> = self
            .languages
            .iter()
            .map(|language| language.name())
            .collect();
        Some(format!("no {} code in this repository", names.join(" or ")))
    }
}

/// The files that the globs of a list name; faulty ones are reported and left out.
pub(crate) fn files(values: &[Value<'_>]) -> Files {
    let glob = |value: &Value<'_>| {
        let text = value.text()?;
        if !is_sane(text) {
            let refusal = "a glob has at most 4096 bytes, and braces eight deep";
            value.refuse(Refusal::new(refusal));
            return None;
        }
        let glob = Glob::new(text)
            .map_err(|error| Refusal::new(format!("`{text}` is no glob: {}", error.kind())));
        value.accept(glob)
    };
    Files::new(values.iter().filter_map(glob))
}
