//! Changed files as one unified diff that `git apply` and `patch -p1` take.

use std::ops::Range;

use similar::{Algorithm, DiffTag, capture_diff_slices, group_diff_ops};

use crate::Changed;

/// Lines of context around each change, as `git diff` has them.
const CONTEXT: usize = 3;

/// The patch that brings each file from what it is to what it is to be.
pub fn patch(files: &[Changed]) -> String {
    files.iter().map(of).collect()
}

/// Lines counted from 0, before and after: the runs in which a changed file is another.
pub fn rewritten(file: &Changed) -> Vec<[Range<u32>; 2]> {
    let (before, after) = (cut(&file.before), cut(&file.after));
    let lines = |range: Range<usize>| {
        let line = |at| u32::try_from(at).unwrap_or(u32::MAX);
        line(range.start)..line(range.end)
    };
    let ops = capture_diff_slices(Algorithm::Myers, &before, &after);
    let changed = ops.iter().filter(|op| op.tag() != DiffTag::Equal);
    changed
        .map(|op| [lines(op.old_range()), lines(op.new_range())])
        .collect()
}

/// Only a line feed ends a line for git, with or without a carriage return before it.
fn cut(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

fn of(file: &Changed) -> String {
    let (before, after) = (cut(&file.before), cut(&file.after));
    let mut out = format!(
        "--- {}\n+++ {}\n",
        name("a", &file.path),
        name("b", &file.path)
    );
    for hunk in group_diff_ops(
        capture_diff_slices(Algorithm::Myers, &before, &after),
        CONTEXT,
    ) {
        let (Some(first), Some(last)) = (hunk.first(), hunk.last()) else {
            continue;
        };
        out.push_str(&format!(
            "@@ -{} +{} @@\n",
            lines(first.old_range().start..last.old_range().end),
            lines(first.new_range().start..last.new_range().end)
        ));
        for op in &hunk {
            let is_kept = op.tag() == DiffTag::Equal;
            for line in &before[op.old_range()] {
                put(&mut out, if is_kept { ' ' } else { '-' }, line);
            }
            for line in after[op.new_range()].iter().filter(|_| !is_kept) {
                put(&mut out, '+', line);
            }
        }
    }
    out
}

/// A range of lines as heads of hunks have it: the first and how many, or where none stands.
fn lines(range: std::ops::Range<usize>) -> String {
    match range.len() {
        0 => format!("{},0", range.start),
        1 => (range.start + 1).to_string(),
        count => format!("{},{count}", range.start + 1),
    }
}

fn put(out: &mut String, sign: char, line: &str) {
    out.push(sign);
    out.push_str(line);
    if !line.ends_with('\n') {
        out.push_str("\n\\ No newline at end of file\n");
    }
}

/// The name of a file in the head of a patch. One with blanks ends with a tab, which says where it ends; one with signs that
/// would end it is written as git writes it.
fn name(side: &str, path: &str) -> String {
    if path.contains(|c: char| c == '"' || c == '\\' || c.is_control()) {
        let mut quoted = format!("\"{side}/");
        for c in path.chars() {
            match c {
                '"' | '\\' => quoted.extend(['\\', c]),
                '\n' => quoted.push_str("\\n"),
                '\t' => quoted.push_str("\\t"),
                c if c.is_ascii_control() => quoted.push_str(&format!("\\{:03o}", u32::from(c))),
                c => quoted.push(c),
            }
        }
        quoted.push('"');
        return quoted;
    }
    let end = if path.contains(' ') { "\t" } else { "" };
    format!("{side}/{path}{end}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;
    use std::process::{Command, Stdio};

    fn changed(path: &str, before: &str, after: &str) -> Changed {
        Changed {
            path: path.into(),
            before: before.into(),
            after: after.into(),
        }
    }

    /// What `program` makes of the files with the patch.
    fn applied(program: &[&str], files: &[Changed]) -> Vec<String> {
        let dir = tempfile::tempdir().expect("works here");
        for file in files {
            let path = dir.path().join(&*file.path);
            std::fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).expect("works here");
            std::fs::write(path, &*file.before).expect("works here");
        }
        let text = patch(files);
        std::fs::write(dir.path().join("p.patch"), &text).expect("works here");
        let done = Command::new(program[0])
            .args(&program[1..])
            .arg("p.patch")
            .current_dir(dir.path())
            .stdout(Stdio::null())
            .status()
            .expect("installed");
        assert!(done.success(), "{program:?}:\n{text}");
        files
            .iter()
            .map(|file| std::fs::read_to_string(dir.path().join(&*file.path)).expect("works here"))
            .collect()
    }

    #[test]
    fn git_and_patch_take_it_whatever_the_lines_end_with() {
        let files = [
            changed("a.py", "a\nb\nc\n", "a\nB\nc\n"),
            changed("no end.py", "a\nb", "a\nB"),
            changed("crlf.py", "a\r\nb\r\n", "a\r\nx\r\nb\r\n"),
            changed(
                "sub/bom.py",
                "\u{feff}import é\nx\n",
                "\u{feff}import os\nimport é\nx\n",
            ),
            changed("return.py", "a\rb\nc\n", "a\rB\nc\n"),
            changed("ends.py", "a", "a\n"),
            changed("ends-not.py", "a\n", "a"),
            changed("\"q\".py", "--- a\n", "--- b\n"),
        ];
        let wanted: Vec<String> = files.iter().map(|file| file.after.to_string()).collect();
        assert_eq!(
            applied(&["git", "apply", "--whitespace=nowarn"], &files),
            wanted
        );
        // `patch` unquotes names by the same rules.
        assert_eq!(applied(&["patch", "-p1", "--binary", "-i"], &files), wanted);
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(24))]
        #[test]
        fn git_takes_any_change(before in "[ab\r\né-]{1,24}", after in "[ab\r\né-]{1,24}") {
            if before != after {
                let files = [changed("a", &before, &after)];
                proptest::prop_assert_eq!(applied(&["git", "apply", "--whitespace=nowarn"], &files), [after]);
            }
        }
    }
}
