//! Mutations: literal replacements that remove the fact which keeps a line from being a finding.

use memchr::memmem;
use perfctl_core::place::{ByteSpan, LineIndex};

/// One replacement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Edit {
    /// Another file of the case, by its path from the case's folder; `None` for the marked file.
    pub(super) path: Option<String>,
    /// What is there; unique on the marked line, else in the file.
    pub(super) old: String,
    /// What is put in its place.
    pub(super) new: String,
}

/// Replacements that are made together, as they were written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mutation {
    /// As written, for messages.
    pub(super) written: String,
    /// Never empty.
    pub(super) edits: Vec<Edit>,
}

/// Reads what follows `mutate:`. Replacements in a row belong to one mutation; a further `mutate:` begins another.
///
/// # Errors
/// Says what to write.
pub(super) fn read(text: &str) -> Result<Vec<Mutation>, String> {
    let mut all = Vec::new();
    let mut rest = text;
    loop {
        let mut edits = Vec::new();
        rest = rest.trim_start_matches([' ', ';', ',']);
        let begin = rest;
        while !rest.is_empty() && !rest.starts_with("mutate:") {
            let (edit, after) = read_edit(rest)?;
            edits.push(edit);
            rest = after.trim_start_matches([' ', ';', ',']);
        }
        if edits.is_empty() {
            return Err("a mutation is missing; write `mutate: s/old/new/`".to_owned());
        }
        let written = begin[..begin.len() - rest.len()]
            .trim_end_matches([' ', ';', ','])
            .to_owned();
        all.push(Mutation { written, edits });
        match rest.strip_prefix("mutate:") {
            Some(more) => rest = more,
            None => return Ok(all),
        }
    }
}

/// `[path ]s/old/new/` with any sign for `/`; `\n`, `\t`, `\\` and the escaped sign are understood.
fn read_edit(text: &str) -> Result<(Edit, &str), String> {
    let sign_of = |text: &str| {
        text.strip_prefix('s')?
            .chars()
            .next()
            .filter(|c| !c.is_alphanumeric() && !c.is_whitespace())
    };
    let (path, rest) = match sign_of(text) {
        Some(_) => (None, text),
        None => match text.split_once(' ') {
            Some((path, rest)) => (Some(path.to_owned()), rest.trim_start()),
            None => {
                return Err(format!(
                    "`{text}` is no mutation; write `mutate: s/old/new/`"
                ));
            }
        },
    };
    let Some(sign) = sign_of(rest) else {
        return Err(format!(
            "`{text}` is no mutation; write `mutate: s/old/new/`"
        ));
    };
    let unended = || format!("`{rest}` does not end; write `s{sign}old{sign}new{sign}`");
    let (old, after) = until(&rest[1 + sign.len_utf8()..], sign).ok_or_else(unended)?;
    let (new, after) = until(after, sign).ok_or_else(unended)?;
    if old.is_empty() {
        return Err(
            "a mutation replaces something: what stands before the second sign is empty".to_owned(),
        );
    }
    Ok((Edit { path, old, new }, after))
}

/// The text up to `sign`, escapes taken out, and what follows it.
fn until(text: &str, sign: char) -> Option<(String, &str)> {
    let mut out = String::new();
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            c if c == sign => return Some((out, &text[at + c.len_utf8()..])),
            '\\' => match chars.next()?.1 {
                'n' => out.push('\n'),
                't' => out.push('\t'),
                c if c == sign || c == '\\' => out.push(c),
                // Anything else was meant literally: mutations are no regular expressions.
                c => out.extend(['\\', c]),
            },
            c => out.push(c),
        }
    }
    None
}

/// A file after a mutation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mutated {
    /// Its bytes.
    pub(super) bytes: Vec<u8>,
    /// Where the marked line is now.
    pub(super) line: u32,
}

/// Applies replacements to one file. `line` is the marked line, or 0 in another file; the comments that hold marks are left alone.
///
/// # Errors
/// When something to replace is not there, or more than once.
pub(super) fn apply<'e>(
    bytes: &[u8],
    line: u32,
    marks: &[ByteSpan],
    edits: impl IntoIterator<Item = &'e Edit>,
) -> Result<Mutated, String> {
    let lines = LineIndex::new(bytes);
    let mut places = Vec::new();
    for edit in edits {
        places.push((find(bytes, &lines, line, marks, &edit.old)?, edit));
    }
    places.sort_by_key(|(at, _)| *at);
    if let Some(pair) = places
        .windows(2)
        .find(|pair| pair[0].0 + pair[0].1.old.len() > pair[1].0)
    {
        return Err(format!(
            "`{}` and `{}` replace the same text",
            pair[0].1.old, pair[1].1.old
        ));
    }
    let marked_at = lines.line_start(line) as usize;
    let count = |text: &str| text.bytes().filter(|byte| *byte == b'\n').count() as u32;
    let (mut added, mut removed) = (0, 0);
    let mut out = Vec::with_capacity(bytes.len());
    let mut done = 0;
    for (at, edit) in places {
        out.extend_from_slice(&bytes[done..at]);
        out.extend_from_slice(edit.new.as_bytes());
        done = at + edit.old.len();
        if at < marked_at {
            added += count(&edit.new);
            removed += count(&edit.old);
        }
    }
    out.extend_from_slice(&bytes[done..]);
    Ok(Mutated {
        bytes: out,
        line: (line + added).saturating_sub(removed),
    })
}

/// Where `old` stands: once on the marked line, else once in the file.
fn find(
    bytes: &[u8],
    lines: &LineIndex,
    line: u32,
    marks: &[ByteSpan],
    old: &str,
) -> Result<usize, String> {
    let hidden = |at: usize| {
        let span = ByteSpan::new(at as u32, (at + old.len()) as u32);
        marks.iter().any(|mark| mark.overlaps(span))
    };
    let places: Vec<usize> = memmem::find_iter(bytes, old.as_bytes())
        .filter(|at| !hidden(*at))
        .collect();
    let on_line: Vec<usize> = places
        .iter()
        .copied()
        .filter(|at| lines.line_of(*at as u32) == line)
        .collect();
    match (on_line.as_slice(), places.as_slice()) {
        ([one], _) | ([], [one]) => Ok(*one),
        ([], []) => Err(format!("`{old}` is not in the file")),
        ([], many) => Err(format!(
            "`{old}` is not on the marked line and {} times in the file",
            many.len()
        )),
        (many, _) => Err(format!(
            "`{old}` is {} times on the marked line",
            many.len()
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mutate(text: &str, line: u32, mutation: &str) -> Result<(String, u32), String> {
        let marks = crate::cases::marker::read("a.py", text).comments;
        let read = read(mutation)?;
        let done = apply(text.as_bytes(), line, &marks, &read[0].edits)?;
        Ok((String::from_utf8(done.bytes).expect("text"), done.line))
    }

    #[test]
    fn the_marked_line_comes_first_and_the_marks_are_left_alone() {
        let text = "f(t=1)\nf(t=1)  # ok: x; mutate: s/t=1//\n";
        let (changed, line) = mutate(text, 2, "s/t=1//").expect("unique on its line");
        assert_eq!(
            (changed.as_str(), line),
            ("f(t=1)\nf()  # ok: x; mutate: s/t=1//\n", 2)
        );
    }

    #[test]
    fn elsewhere_in_the_file_it_must_be_unique_and_the_line_moves_along() {
        let text = "import a\nimport b\nf()\n";
        assert_eq!(
            mutate(text, 3, "s/import a\\n//"),
            Ok(("import b\nf()\n".to_owned(), 2))
        );
        assert_eq!(
            mutate(text, 2, "s|import a|import a\\nimport c|"),
            Ok(("import a\nimport c\nimport b\nf()\n".to_owned(), 3))
        );
        assert_eq!(
            mutate(text, 3, "s/import/x/"),
            Err("`import` is not on the marked line and 2 times in the file".to_owned())
        );
        assert_eq!(
            mutate(text, 3, "s/nothing/x/"),
            Err("`nothing` is not in the file".to_owned())
        );
        assert_eq!(
            mutate("f(1, 1)\n", 1, "s/1/x/"),
            Err("`1` is 2 times on the marked line".to_owned())
        );
    }

    #[test]
    fn replacements_in_a_row_are_made_together_and_must_not_meet() {
        assert_eq!(
            mutate("f(a, b)\n", 1, "s/a/x/ s/b/y/"),
            Ok(("f(x, y)\n".to_owned(), 1))
        );
        assert!(
            mutate("f(ab)\n", 1, "s/ab/x/ s/b/y/")
                .is_err_and(|error| error.contains("the same text"))
        );
    }

    #[test]
    fn the_form_is_that_of_sed_with_literal_texts() {
        let read = read("s/a\\/b\\\\/\\d+/; config/app.py s#x##").expect("well formed");
        assert_eq!(
            read[0].edits[0],
            Edit {
                path: None,
                old: "a/b\\".to_owned(),
                new: "\\d+".to_owned()
            }
        );
        assert_eq!(read[0].edits[1].path.as_deref(), Some("config/app.py"));
        assert_eq!(read[0].written, "s/a\\/b\\\\/\\d+/; config/app.py s#x##");
        for bad in [
            "",
            "x",
            "s/a",
            "s/a/b",
            "s//b/",
            "s a b",
            "path",
            "s/a/b/ mutate:",
        ] {
            assert!(super::read(bad).is_err(), "{bad}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "[s/a\\\\b |é;:\nmutate]{0,40}") {
            let _ = read(&text);
        }

        #[test]
        fn a_replacement_can_be_taken_back(
            before in "[a-m\n]{0,20}", after in "[a-m\n]{0,20}", old in "[n-z]{1,5}", new in "[N-Z]{1,5}"
        ) {
            let text = format!("{before}{old}{after}");
            let edit = |old: &str, new: &str| Edit { path: None, old: old.to_owned(), new: new.to_owned() };
            let there = apply(text.as_bytes(), 0, &[], &[edit(&old, &new)]).expect("unique");
            let back = apply(&there.bytes, 0, &[], &[edit(&new, &old)]).expect("unique");
            proptest::prop_assert_eq!(back.bytes, text.into_bytes());
        }
    }
}
