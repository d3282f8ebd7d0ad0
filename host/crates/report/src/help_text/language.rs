//! What of a rule's help is for the language of a finding: rules look at several languages, and a reader has one before them.
//!
//! A text says it in two ways. A fenced block is for the language that its fence names; a sentence that begins with a language and a
//! colon (`Python: ...`, `JavaScript and TypeScript: ...`) is for that language until the next such sentence or the end of its
//! paragraph. All else is for everybody, fences of other languages (`sql`, `yaml`) among it.

use std::borrow::Cow;
use std::collections::BTreeSet;

/// Languages that share their libraries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Family {
    /// Python.
    Python,
    /// JavaScript and TypeScript.
    JavaScript,
    /// Go.
    Go,
}

impl Family {
    /// The language of a file, by its name; `None` for what is no code.
    pub(crate) fn of_path(path: &str) -> Option<Self> {
        match path.rsplit_once('.')?.1 {
            "py" | "pyi" => Some(Family::Python),
            "js" | "mjs" | "cjs" | "jsx" | "ts" | "mts" | "cts" | "tsx" | "vue" | "svelte" => {
                Some(Family::JavaScript)
            }
            "go" => Some(Family::Go),
            _ => None,
        }
    }

    /// The language that a fence names.
    fn of_fence(info: &str) -> Option<Self> {
        match info.trim() {
            "python" | "py" => Some(Family::Python),
            "javascript" | "js" | "jsx" | "typescript" | "ts" | "tsx" => Some(Family::JavaScript),
            "go" => Some(Family::Go),
            _ => None,
        }
    }
}

impl Family {
    /// What stands above code of it.
    fn title(self) -> &'static str {
        match self {
            Family::Python => "Python",
            Family::JavaScript => "JavaScript and TypeScript",
            Family::Go => "Go",
        }
    }
}

/// Names of languages at the beginning of a sentence.
const NAMES: [(&str, Family); 5] = [
    ("Python", Family::Python),
    ("JavaScript", Family::JavaScript),
    ("TypeScript", Family::JavaScript),
    ("Node.js", Family::JavaScript),
    ("Go", Family::Go),
];

/// A stretch of a text.
#[derive(Debug)]
enum Part<'t> {
    /// Words, between fences.
    Words(&'t str),
    /// A fenced block with its fences, and the language that it names.
    Code(&'t str, Option<Family>),
}

/// `text` without what is for languages other than `families` alone. All of it where `families` is empty, or where nothing else is said.
pub(crate) fn chosen<'t>(text: &'t str, families: &BTreeSet<Family>) -> Cow<'t, str> {
    if families.is_empty() {
        return text.into();
    }
    let parts = parts(text);
    let is_kept = |part: &Part<'_>| match part {
        Part::Words(_) | Part::Code(_, None) => true,
        Part::Code(_, Some(family)) => families.contains(family),
    };
    let mut out = String::with_capacity(text.len());
    for (at, part) in parts.iter().enumerate() {
        match part {
            Part::Code(code, _) if is_kept(part) => out.push_str(code),
            Part::Code(..) => {}
            Part::Words(words) => {
                let behind: Vec<&Part<'_>> = parts[at + 1..]
                    .iter()
                    .take_while(|part| matches!(part, Part::Code(..)))
                    .collect();
                let words = of_words(words, families);
                let trimmed = words.trim_end();
                // What the colon announced is for others.
                let hangs = trimmed.ends_with(':')
                    && !behind.is_empty()
                    && !announces(&parts[at + 1..], &is_kept);
                match trimmed.strip_suffix(':').filter(|_| hangs) {
                    Some(said) => {
                        out.push_str(said);
                        out.push_str(".\n");
                    }
                    None => out.push_str(&words),
                }
            }
        }
    }
    match out.trim().is_empty() {
        true => text.into(),
        false => out.trim().to_owned().into(),
    }
}

/// `text` with the name of its language above each code, where code of several languages stands there: a reader of all of it must not take
/// it for one program.
pub fn labelled(text: &str) -> Cow<'_, str> {
    let parts = parts(text);
    let of = |part: &Part<'_>| match part {
        Part::Code(_, family) => *family,
        Part::Words(_) => None,
    };
    let families: BTreeSet<Family> = parts.iter().filter_map(of).collect();
    if families.len() < 2 {
        return text.into();
    }
    let mut out = String::with_capacity(text.len() + 64);
    let mut above = None;
    for part in &parts {
        match part {
            Part::Words(words) => {
                let last = words.trim_end().lines().next_back().unwrap_or("").trim();
                above = match label(last) {
                    Some((end, own)) if end == last.len() => own.first().copied(),
                    _ => None,
                };
                out.push_str(words);
            }
            Part::Code(code, family) => {
                if let Some(family) = family.filter(|family| above != Some(*family)) {
                    let is_behind_words = !out.is_empty() && !out.trim_end().ends_with("```");
                    out.truncate(out.trim_end().len());
                    out.push_str(if is_behind_words { "\n\n" } else { "\n" });
                    out.push_str(&format!("{}:\n", family.title()));
                }
                out.push_str(code);
                above = *family;
            }
        }
    }
    out.trim_start().to_owned().into()
}

/// Whether code that is kept follows before anything is said to everybody.
fn announces(parts: &[Part<'_>], is_kept: &dyn Fn(&Part<'_>) -> bool) -> bool {
    for part in parts {
        match part {
            Part::Code(..) if is_kept(part) => return true,
            Part::Code(..) => {}
            Part::Words(words) => {
                let mut rest = *words;
                while let Some((end, _)) = label(rest.trim_start()) {
                    rest = &rest.trim_start()[end..];
                }
                if !rest.trim().is_empty() {
                    return false;
                }
            }
        }
    }
    false
}

fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let (mut from, mut at) = (0, 0);
    let mut open: Option<(usize, Option<Family>)> = None;
    for line in text.split_inclusive('\n') {
        let end = at + line.len();
        if let Some(info) = line.trim_start().strip_prefix("```") {
            match open.take() {
                None => {
                    if from < at {
                        parts.push(Part::Words(&text[from..at]));
                    }
                    open = Some((at, Family::of_fence(info)));
                }
                Some((start, family)) => {
                    parts.push(Part::Code(&text[start..end], family));
                    from = end;
                }
            }
        }
        at = end;
    }
    match open {
        Some((start, family)) => parts.push(Part::Code(&text[start..], family)),
        None if from < text.len() => parts.push(Part::Words(&text[from..])),
        None => {}
    }
    parts
}

/// The name of languages and the colon at the beginning of `text`: where it ends, and the languages.
fn label(text: &str) -> Option<(usize, Vec<Family>)> {
    let mut families = Vec::new();
    let mut at = 0;
    loop {
        let (name, family) = NAMES
            .iter()
            .find(|(name, _)| text[at..].starts_with(name))?;
        families.push(*family);
        at += name.len();
        let rest = &text[at..];
        if let Some(behind) = rest.strip_prefix(':') {
            let ends = behind.is_empty() || behind.starts_with(char::is_whitespace);
            return ends.then_some((at + 1, families));
        }
        // A text is wrapped anywhere.
        let between = [" and ", " and\n", "\nand ", ", ", ",\n"].iter();
        at += between.copied().find(|word| rest.starts_with(word))?.len();
    }
}

/// Words without the sentences that are for other languages, and without a label that only announces code.
fn of_words(words: &str, families: &BTreeSet<Family>) -> String {
    let mut out = String::with_capacity(words.len());
    let mut rest = words;
    while !rest.is_empty() {
        let end = rest.find("\n\n").map_or(rest.len(), |at| at + 2);
        let (paragraph, behind) = rest.split_at(end);
        of_paragraph(paragraph, families, &mut out);
        rest = behind;
    }
    out
}

fn of_paragraph(paragraph: &str, families: &BTreeSet<Family>, out: &mut String) {
    let labels = labels(paragraph);
    let Some((first, ..)) = labels.first() else {
        out.push_str(paragraph);
        return;
    };
    let ends = labels.iter().skip(1).map(|(start, ..)| *start);
    let ends: Vec<usize> = ends.chain([paragraph.len()]).collect();
    out.push_str(&paragraph[..*first]);
    for ((start, behind, own), end) in labels.iter().zip(ends) {
        let is_only_a_label = paragraph[*behind..end].trim().is_empty();
        if !is_only_a_label && own.iter().any(|family| families.contains(family)) {
            out.push_str(&paragraph[*start..end]);
        }
    }
    // The break between paragraphs stays, whatever stood before it.
    if paragraph.ends_with("\n\n") {
        out.truncate(out.trim_end().len());
        out.push_str("\n\n");
    } else if !out.is_empty() && !out.ends_with('\n') && paragraph.ends_with('\n') {
        out.truncate(out.trim_end().len());
        out.push('\n');
    }
}

/// Where sentences begin with languages: start, end of the label, languages.
fn labels(paragraph: &str) -> Vec<(usize, usize, Vec<Family>)> {
    let begins = |at: usize| {
        let before = paragraph[..at].trim_end();
        let is_apart = before.len() < at;
        before.is_empty() || is_apart && before.trim_end_matches(')').ends_with(['.', ';', ':'])
    };
    let starts = paragraph
        .char_indices()
        .filter(|(_, c)| c.is_ascii_uppercase())
        .map(|(at, _)| at);
    let mut found: Vec<(usize, usize, Vec<Family>)> = Vec::new();
    for at in starts.filter(|at| begins(*at)) {
        // `TypeScript:` within `JavaScript and TypeScript:` is no label of its own.
        if found.last().is_some_and(|(_, end, _)| at < *end) {
            continue;
        }
        if let Some((end, families)) = label(&paragraph[at..]) {
            found.push((at, at + end, families));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use Family::{Go, JavaScript, Python};

    fn of(text: &str, families: &[Family]) -> String {
        chosen(text, &families.iter().copied().collect()).into_owned()
    }

    const LIMIT: &str = "Give the call a limit. Python: `timeout=(1, 3)`. JavaScript and\nTypeScript: `AbortSignal.timeout(3000)`. \
        Go: `Timeout` on a client.\n\nAll count until the body is read.";

    #[test]
    fn sentences_of_other_languages_are_left_out_and_what_is_said_to_all_stays() {
        assert_eq!(
            of(LIMIT, &[Go]),
            "Give the call a limit. Go: `Timeout` on a client.\n\nAll count until the body is read."
        );
        assert_eq!(
            of(LIMIT, &[JavaScript]),
            "Give the call a limit. JavaScript and\nTypeScript: `AbortSignal.timeout(3000)`.\n\nAll count until the body is read."
        );
        let both = of(LIMIT, &[Python, Go]);
        assert!(both.contains("Python: ") && both.contains("Go: ") && !both.contains("Script"));
        assert_eq!(of(LIMIT, &[]), LIMIT);
    }

    const POOL: &str = "Make one pool:\n\nPython:\n```python\npool = ConnectionPool(DSN)\n```\nJavaScript and TypeScript:\n\
        ```javascript\nconst pool = new Pool();\n```\nSQL:\n```sql\nSELECT 1\n```\nBound it.";

    #[test]
    fn code_of_other_languages_goes_with_its_label() {
        assert_eq!(
            of(POOL, &[JavaScript]),
            "Make one pool:\n\n```javascript\nconst pool = new Pool();\n```\nSQL:\n```sql\nSELECT 1\n```\nBound it."
        );
    }

    #[test]
    fn code_of_several_languages_is_named_where_all_of_it_is_shown() {
        let text =
            "Ask once:\n```python\nx = 1\n```\n```python\ny = 2\n```\n```go\nx := 1\n```\nKeep it.";
        let named = "Ask once:\n\nPython:\n```python\nx = 1\n```\n```python\ny = 2\n```\nGo:\n```go\nx := 1\n```\nKeep it.";
        assert_eq!(labelled(text), named);
        assert_eq!(labelled(named), named, "once is enough");
        let one = "Ask once:\n```python\nx = 1\n```\n```sql\nSELECT 1\n```";
        assert_eq!(labelled(one), one);
    }

    #[test]
    fn a_colon_announces_nothing_that_is_gone() {
        let text = "Ask once:\n```python\nx = 1\n```\nKeep it.";
        assert_eq!(of(text, &[Go]), "Ask once.\nKeep it.");
        assert_eq!(of(text, &[Python]), text);
    }

    #[test]
    fn where_nothing_is_left_all_is_told() {
        let text = "Python: use `gather`.";
        assert_eq!(of(text, &[Go]), text);
    }

    #[test]
    fn names_within_sentences_are_no_labels() {
        let text = "Use `sync.Map` in Go: it is there. The pool of Python: none.";
        assert_eq!(of(text, &[JavaScript]), text);
    }

    #[test]
    fn files_tell_their_language() {
        let of = |path| Family::of_path(path);
        assert_eq!(of("a/b.tsx"), Some(JavaScript));
        assert_eq!(of("a/b.py"), Some(Python));
        assert_eq!(of("main.go"), Some(Go));
        assert_eq!((of("Dockerfile"), of("deploy.yaml")), (None, None));
    }
}
