//! Labels (`*.jsonl`, one judgement per line) and the repositories they are of (`repos.json`), as `host/docs/labels.md` describes them.
//!
//! Keys that nobody here knows are left alone, because labellers keep notes; one that looks like a slip of a known key is refused:
//! it would change the figures without a word.

use std::collections::BTreeSet;
use std::sync::Arc;

use perfctl_core::ids::RuleId;
use perfctl_core::label::{Judged, Label, LabelledRepository};
use serde_json::{Map, Value};
use strsim::damerau_levenshtein;

use crate::diagnose::{Fault, Faults};
use crate::names;
use crate::table::nearest;

/// Name and version of the format of labels.
pub const SCHEMA: &str = "perfctl.label/1";

const KEYS: [&str; 11] = [
    "repo",
    "commit",
    "rule",
    "path",
    "line",
    "verdict",
    "why",
    "alt_line",
    "also",
    "symbol_span",
    "symbol",
];

const REPOSITORY_KEYS: [&str; 5] = ["repo", "commit", "url", "scope_roots", "exhaustive_rules"];

/// Reads the labels in `text`, which came from `path`.
///
/// # Errors
/// Every line that is no label, with what to write instead.
pub fn read(path: &str, text: &str) -> Result<Vec<Label>, Faults> {
    let file: Arc<str> = path.into();
    let (mut labels, mut faults) = (Vec::new(), Vec::new());
    for (number, line) in (1u32..).zip(text.lines()) {
        if line.trim().is_empty() {
            continue;
        }
        let mut object = Object {
            file: &file,
            line: number,
            faults: &mut faults,
            fields: Map::new(),
        };
        if object.parse(line)
            && let Some(label) = object.label()
        {
            labels.push(label);
        }
    }
    match Faults::collect(faults) {
        Some(faults) => Err(faults),
        None => Ok(labels),
    }
}

/// Reads the repositories in `text`, a JSON list, which came from `path`.
///
/// # Errors
/// Everything that is wrong with it.
pub fn read_repositories(path: &str, text: &str) -> Result<Vec<LabelledRepository>, Faults> {
    let file: Arc<str> = path.into();
    let list: Vec<Map<String, Value>> = serde_json::from_str(text).map_err(|error| {
        Fault {
            line: saturate(error.line()),
            column: saturate(error.column()),
            ..Fault::of_file(file.clone(), format!("no list of repositories: {error}"))
        }
        .with_hint("write a JSON list of objects with `repo`, `commit`, `scope_roots` and `exhaustive_rules`")
    })?;
    let (mut read, mut faults, mut seen) = (Vec::new(), Vec::new(), BTreeSet::new());
    for (at, fields) in list.into_iter().enumerate() {
        let name = fields.get("repo").and_then(Value::as_str);
        let called = name.map_or_else(|| format!("entry {}", at + 1), |name| format!("`{name}`"));
        let line = name.map_or(1, |name| line_with(text, name));
        let mut object = Object {
            file: &file,
            line,
            faults: &mut faults,
            fields,
        };
        if let Some(repository) = object.repository(&called) {
            if !seen.insert(repository.name.clone()) {
                object.fault(
                    format!("{called} is there twice"),
                    "keep one entry per repository",
                );
            }
            read.push(repository);
        }
    }
    match Faults::collect(faults) {
        Some(faults) => Err(faults),
        None => Ok(read),
    }
}

/// The line of a JSON text that names `name`, for a fault of its entry.
fn line_with(text: &str, name: &str) -> u32 {
    let quoted = format!("\"{name}\"");
    let found = text.lines().position(|line| line.contains(&quoted));
    saturate(found.map_or(0, |at| at + 1))
}

fn saturate(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// One JSON object with where it stands.
struct Object<'f> {
    file: &'f Arc<str>,
    line: u32,
    faults: &'f mut Vec<Fault>,
    fields: Map<String, Value>,
}

impl Object<'_> {
    fn fault(&mut self, message: impl Into<String>, hint: impl Into<String>) {
        let fault = Fault {
            line: self.line,
            column: 1,
            ..Fault::of_file(self.file.clone(), message)
        };
        self.faults.push(fault.with_hint(hint));
    }

    fn parse(&mut self, line: &str) -> bool {
        match serde_json::from_str(line) {
            Ok(fields) => {
                self.fields = fields;
                true
            }
            Err(error) => {
                let fault = Fault {
                    line: self.line,
                    column: saturate(error.column()).max(1),
                    ..Fault::of_file(
                        self.file.clone(),
                        format!("this line is no JSON object: {error}"),
                    )
                };
                let hint =
                    "write one label per line; `perfctl schema label` says which keys it has";
                self.faults.push(fault.with_hint(hint));
                false
            }
        }
    }

    fn label(&mut self) -> Option<Label> {
        self.slips(&KEYS);
        let repository = self.repository_name();
        let commit = self.commit();
        let rule = self
            .text("rule", "\"DB-PERF-001\"")
            .and_then(|text| self.rule_id(&text));
        let path = self.text("path", "\"app/views.py\"");
        let path = path.and_then(|path| self.inner_path(path));
        let line = self.need_line();
        let judged = self.verdict();
        let why = self.text("why", "\"one query per order\"");
        let alt_line = match self.fields.get("alt_line") {
            None | Some(Value::Null) => None,
            Some(value) => match value.as_u64().and_then(|line| u32::try_from(line).ok()) {
                Some(line) => Some(line).filter(|line| *line > 0),
                None => {
                    self.fault("`alt_line` is no line", "write a whole number");
                    None
                }
            },
        };
        let also = self.also();
        let symbol_span = self.span();
        Some(Label {
            repository: repository?,
            commit: commit?,
            rule: rule?,
            path: path?,
            line: line?,
            judged: judged?,
            why: why?,
            alt_line,
            also,
            symbol_span,
            written: (self.file.clone(), self.line),
        })
    }

    fn repository(&mut self, called: &str) -> Option<LabelledRepository> {
        self.slips(&REPOSITORY_KEYS);
        let name = self.repository_name();
        let commit = self.commit();
        let url = match self.fields.get("url") {
            None => None,
            Some(Value::String(url)) => Some(url.clone()),
            Some(_) => {
                self.fault(format!("`url` of {called} is no text"), "write a git URL");
                None
            }
        };
        let scope_roots = self.texts("scope_roots", called);
        let rules = self.texts("exhaustive_rules", called).unwrap_or_default();
        let rules = rules.iter().filter_map(|text| self.rule_id(text)).collect();
        Some(LabelledRepository {
            name: name?,
            commit: commit?,
            url,
            scope_roots: scope_roots.unwrap_or_else(|| vec!["*".to_owned()]),
            exhaustive_rules: rules,
        })
    }

    /// Keys that look like one of `known` and are not.
    fn slips(&mut self, known: &[&'static str]) {
        let keys: Vec<String> = self.fields.keys().cloned().collect();
        for key in keys.iter().filter(|key| !known.contains(&key.as_str())) {
            let is_slip = |known: &&&str| damerau_levenshtein(&key.to_lowercase(), known) <= 1;
            if let Some(near) = known.iter().find(is_slip) {
                self.fault(
                    format!("there is no key `{key}`"),
                    format!("did you mean `{near}`?"),
                );
            }
        }
    }

    fn text(&mut self, key: &'static str, example: &str) -> Option<String> {
        match self.fields.get(key) {
            Some(Value::String(text)) if !text.trim().is_empty() => Some(text.clone()),
            Some(_) => {
                self.fault(format!("`{key}` is no text"), format!("write {example}"));
                None
            }
            None => {
                self.fault(
                    format!("missing key `{key}`"),
                    format!("write \"{key}\": {example}"),
                );
                None
            }
        }
    }

    fn texts(&mut self, key: &'static str, called: &str) -> Option<Vec<String>> {
        let value = self.fields.get(key)?;
        let texts = value.as_array().and_then(|items| {
            let text = |item: &Value| item.as_str().map(str::to_owned);
            items.iter().map(text).collect::<Option<Vec<_>>>()
        });
        if texts.is_none() {
            self.fault(
                format!("`{key}` of {called} is no list of texts"),
                "write [\"...\"]",
            );
        }
        texts
    }

    fn repository_name(&mut self) -> Option<String> {
        let name = self.text("repo", "\"owner/name\"")?;
        // It becomes a part of paths.
        let is_plain = |part: &str| !part.is_empty() && !matches!(part, "." | "..");
        if name.contains("://") || (name.contains('/') && name.split('/').all(is_plain)) {
            return Some(name);
        }
        self.fault(
            format!("`{name}` is no repository"),
            "write `owner/name`, or its URL",
        );
        None
    }

    fn commit(&mut self) -> Option<String> {
        let commit = self.text("commit", "\"the commit's 40 hexadecimal digits\"")?;
        let is_digit = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
        if commit.len() == 40 && commit.bytes().all(is_digit) {
            return Some(commit);
        }
        self.fault(
            format!("`{commit}` is no whole commit"),
            "write all 40 hexadecimal digits, as `git rev-parse HEAD` says them",
        );
        None
    }

    fn rule_id(&mut self, text: &str) -> Option<RuleId> {
        match names::rule_id(text) {
            Ok(id) => Some(id),
            Err(refusal) => {
                let at = Fault {
                    line: self.line,
                    column: 1,
                    ..Fault::of_file(self.file.clone(), refusal.message)
                };
                self.faults.push(Fault {
                    hint: refusal.hint,
                    ..at
                });
                None
            }
        }
    }

    fn inner_path(&mut self, path: String) -> Option<String> {
        match names::inner_path(&path, "the repository") {
            Ok(path) => Some(path),
            // What no path of ours may be called, a repository's file may.
            Err(_) if !path.starts_with('/') && !path.split('/').any(|part| part == "..") => {
                Some(path)
            }
            Err(refusal) => {
                self.fault(
                    refusal.message,
                    "write the path from the repository's root, with forward slashes",
                );
                None
            }
        }
    }

    fn need_line(&mut self) -> Option<u32> {
        let line = self.fields.get("line").and_then(Value::as_u64);
        let line = line.and_then(|line| u32::try_from(line).ok());
        if line.is_none_or(|line| line == 0) {
            self.fault(
                "`line` is missing or no line",
                "write a whole number from 1: the line of the defect, or 1 for one of the whole file",
            );
        }
        line.filter(|line| *line > 0)
    }

    fn verdict(&mut self) -> Option<Judged> {
        let text = self.text("verdict", "\"tp\", \"fp\" or \"debatable\"")?;
        let found = Judged::ALL.into_iter().find(|judged| judged.word() == text);
        if found.is_none() {
            let words = Judged::ALL.map(Judged::word);
            // Of two letters one slip may have meant either.
            let near = nearest(&text, words)
                .filter(|near| text.len() > 2 || text.eq_ignore_ascii_case(near));
            let meant = near.map_or_else(String::new, |near| format!("did you mean `{near}`? "));
            self.fault(
                format!("there is no verdict `{text}`"),
                format!("{meant}write `tp` (the defect is there), `fp` (it only looks so) or `debatable`"),
            );
        }
        found
    }

    fn also(&mut self) -> Vec<(String, u32)> {
        let Some(places) = self.texts("also", "the label") else {
            return Vec::new();
        };
        let place = |text: String| match text.rsplit_once(':') {
            Some((path, line)) if !line.is_empty() && line.bytes().all(|b| b.is_ascii_digit()) => {
                let path = path.to_owned();
                (path, line.parse().unwrap_or(u32::MAX))
            }
            _ => (text, 1),
        };
        places.into_iter().map(place).collect()
    }

    /// `[first, last]`, or `"first-last"`.
    fn span(&mut self) -> Option<(u32, u32)> {
        let value = self.fields.get("symbol_span")?;
        let number = |value: &Value| u32::try_from(value.as_u64()?).ok();
        let read = match value {
            Value::Null => return None,
            Value::Array(ends) => match ends.as_slice() {
                [first, last] => number(first).zip(number(last)),
                _ => None,
            },
            Value::String(text) => text.split_once('-').and_then(|(first, last)| {
                let number = |text: &str| text.trim().parse().ok();
                number(first).zip(number(last))
            }),
            _ => None,
        };
        let read = read.filter(|(first, last)| first <= last);
        if read.is_none() {
            self.fault(
                "`symbol_span` is no span of lines",
                "write the first and the last line: [10, 24]",
            );
        }
        read
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = r#"{"repo": "shop/api", "commit": "46c0e730e8ae9256e697f0374bfdcc7da5e02d73", "rule": "DB-PERF-001", "path": "a.py", "line": 3, "verdict": "tp", "why": "one query per order"}"#;

    #[test]
    fn a_label_is_read_with_every_place_that_it_names() {
        let more = LINE.replace(
            "\"line\": 3",
            "\"line\": 3, \"alt_line\": 9, \"also\": [\"b.py:4\", \"Dockerfile\", \"c:x\"], \"symbol_span\": [2, 8], \"labeller\": 1",
        );
        let read = read("l.jsonl", &format!("{LINE}\n\n{more}\n")).expect("in order");
        assert_eq!((read.len(), read[0].judged), (2, Judged::True));
        assert_eq!((read[1].written.1, read[1].alt_line), (3, Some(9)));
        let places: Vec<(&str, u32)> = read[1].also.iter().map(|(p, n)| (&**p, *n)).collect();
        assert_eq!(places, [("b.py", 4), ("Dockerfile", 1), ("c:x", 1)]);
        assert_eq!(read[1].symbol_span, Some((2, 8)));
    }

    #[test]
    fn the_schema_takes_what_is_read_and_nothing_that_is_refused() {
        let schema: Value =
            serde_json::from_str(include_str!("schema/label.json")).expect("a schema");
        let validator = jsonschema::validator_for(&schema).expect("sound");
        let known: BTreeSet<&str> = schema["properties"]
            .as_object()
            .expect("properties")
            .keys()
            .map(String::as_str)
            .collect();
        assert_eq!(known, KEYS.into_iter().collect());
        let instance: Value = serde_json::from_str(LINE).expect("JSON");
        assert!(validator.is_valid(&instance));
        for (was, becomes) in [
            ("\"tp\"", "\"TP\""),
            ("\"line\": 3", "\"line\": 0"),
            ("46c0e730e8", "46c0"),
            ("DB-PERF-001", "db-perf-001"),
            ("\"why\"", "\"whi\""),
            ("\"line\": 3", "\"line\": 3, \"symbol_span\": [8]"),
        ] {
            let text = LINE.replace(was, becomes);
            let instance: Value = serde_json::from_str(&text).expect("JSON");
            assert!(
                !validator.is_valid(&instance) && read("l", &text).is_err(),
                "{text}"
            );
        }
    }

    #[test]
    fn a_bad_line_says_where_it_is_and_what_to_write() {
        for (was, becomes, said) in [
            ("\"tp\"", "\"TP\"", "there is no verdict `TP`"),
            ("\"tp\"", "\"debateable\"", "did you mean `debatable`?"),
            ("\"line\": 3", "\"line\": 0", "`line` is missing or no line"),
            ("46c0e730e8", "46c0", "is no whole commit"),
            ("shop/api", "shop", "is no repository"),
            ("shop/api", "shop/..", "is no repository"),
            ("DB-PERF-001", "db-perf-001", "did you mean `DB-PERF-001`?"),
            ("\"why\"", "\"whi\"", "did you mean `why`?"),
            (
                "\"line\"",
                "\"Alt_line\": 2, \"line\"",
                "did you mean `alt_line`?",
            ),
            ("a.py", "../a.py", "leads out of the repository"),
            (
                "\"line\": 3",
                "\"line\": 3, \"symbol_span\": [8, 2]",
                "no span of lines",
            ),
            ("{\"repo\"", "\"repo\"", "no JSON object"),
        ] {
            let text = format!("{LINE}\n{}\n", LINE.replace(was, becomes));
            let faults = read("l.jsonl", &text).expect_err(becomes);
            let all = faults.to_string();
            assert!(all.contains(said), "{all}");
            assert!(faults.list().iter().all(|fault| fault.line == 2), "{all}");
        }
    }

    #[test]
    fn a_repository_says_what_was_read_of_it() {
        let text = r#"[{"repo": "shop/api", "commit": "46c0e730e8ae9256e697f0374bfdcc7da5e02d73", "loc": 3,
 "scope_roots": ["app"], "exhaustive_rules": ["DB-PERF-001"]}]"#;
        let read = read_repositories("repos.json", text).expect("in order");
        assert_eq!(read[0].scope_roots, ["app"]);
        assert_eq!(read[0].exhaustive_rules.len(), 1);
        for (was, becomes, said) in [
            ("[\"app\"]", "\"app\"", "no list of texts"),
            (
                "exhaustive_rules",
                "exhaustiv_rules",
                "did you mean `exhaustive_rules`?",
            ),
            ("[{", "[3, {", "no list of repositories"),
        ] {
            let text = text.replace(was, becomes);
            let faults = read_repositories("repos.json", &text).expect_err(becomes);
            assert!(faults.to_string().contains(said), "{faults}");
        }
        let twice = text.replace("}]", &format!("}}, {}]", &text[1..text.len() - 1]));
        let faults = read_repositories("repos.json", &twice).expect_err("twice");
        assert!(faults.to_string().contains("is there twice"), "{faults}");
    }
}
