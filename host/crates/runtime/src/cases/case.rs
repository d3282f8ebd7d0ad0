//! A case as it lies in its folder: files, and what is said of their lines.

use std::collections::BTreeMap;
use std::path::Path;

use perfctl_core::ids::RuleId;
use perfctl_core::place::{Excerpt, LineIndex};
use perfctl_scan::source;

use super::expect::{self, Expect, Expected, Fixed, Said};
use super::folder::{self, CaseFile};
use super::marker::{self, Marked, Marks};
use super::outcome::{LineResult, Outcome};

/// A case as it was read.
pub(super) struct Case {
    /// Its files by path.
    pub(super) files: BTreeMap<String, CaseFile>,
    /// Marks by path, those of `expect.toml` included.
    pub(super) marks: BTreeMap<String, Marks>,
    /// What fixes must come to.
    pub(super) fixed: Vec<Fixed>,
    /// What findings must say.
    pub(super) said: Vec<Said>,
    /// How the rule must end, where that is no matter of findings.
    pub(super) verdict: Option<Expected>,
    /// What is wrong with its marks.
    pub(super) faults: Vec<LineResult>,
}

impl Case {
    /// Reads the case in the folder `dir`; marks must name rules that are `known`.
    ///
    /// # Errors
    /// When it cannot be read at all. What is wrong with its marks stands in `faults`.
    pub(super) fn read(dir: &Path, known: impl Fn(&RuleId) -> bool) -> Result<Self, String> {
        let files = folder::read(dir).map_err(|error| format!("cannot read the case: {error}"))?;
        if files.is_empty() {
            return Err("the case has no files".to_owned());
        }
        let mut case = Case {
            files: BTreeMap::new(),
            marks: BTreeMap::new(),
            fixed: Vec::new(),
            said: Vec::new(),
            verdict: None,
            faults: Vec::new(),
        };
        let mut faults = Vec::new();
        let mut expected = Vec::new();
        for file in &files {
            if file.path == expect::NAME || file.path.ends_with("/expect.toml") {
                match expect::read(file, &files) {
                    Ok(Expect {
                        marks,
                        fixed,
                        said,
                        verdict,
                    }) => {
                        case.fixed.extend(fixed);
                        case.said.extend(said);
                        case.verdict = case.verdict.or(verdict);
                        expected.extend(marks);
                    }
                    Err(all) => faults.push((file.path.clone(), 0, all.to_string())),
                }
            } else if memchr::memchr(0, &file.bytes).is_none() {
                let marks = marker::read(&file.path, &source::decode(&file.bytes));
                for misread in &marks.misread {
                    faults.push((file.path.clone(), misread.line, misread.message.clone()));
                }
                case.marks.insert(file.path.clone(), marks);
            }
        }
        for (path, marked) in expected {
            case.marks.entry(path).or_default().marked.push(marked);
        }
        for (path, marks) in &case.marks {
            for marked in &marks.marked {
                if let Some(id) = expect::rule_of(&marked.mark).filter(|id| !known(id)) {
                    faults.push((
                        path.clone(),
                        marked.line,
                        format!("the mark names `{id}`, which is no rule of these packs"),
                    ));
                }
            }
        }
        case.files = files
            .into_iter()
            .map(|file| (file.path.clone(), file))
            .collect();
        let faults = faults
            .into_iter()
            .map(|(path, line, message)| case.line(Outcome::Broken, &path, line, message));
        case.faults = faults.collect();
        Ok(case)
    }

    /// Every mark with its path.
    pub(super) fn marks(&self) -> impl Iterator<Item = (&str, &Marked)> {
        self.marks
            .iter()
            .flat_map(|(path, marks)| marks.marked.iter().map(|marked| (path.as_str(), marked)))
    }

    /// A line with what came of it; an empty path means the case as a whole.
    pub(super) fn line(
        &self,
        outcome: Outcome,
        path: &str,
        line: u32,
        message: String,
    ) -> LineResult {
        let excerpt = match self.files.get(path) {
            Some(file) if line > 0 => LineIndex::new(&file.bytes).excerpt(&file.bytes, line, line),
            _ => Excerpt::default(),
        };
        LineResult {
            outcome,
            path: path.to_owned(),
            line,
            excerpt,
            message,
        }
    }
}
