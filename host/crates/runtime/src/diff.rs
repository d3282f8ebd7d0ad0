//! A fix as a unified diff.

use perfctl_core::fix::{Edit, spliced};
use similar::TextDiff;

/// Lines around a change that are shown.
const AROUND: usize = 2;

/// The most lines from the first changed one to the last that are compared one by one: it takes as long as they are many times each
/// other. What is longer is shown as one change.
const MOST: usize = 2000;

/// The change that `edits` make to the file `path` with content `text`; edits of other files are left out.
pub(crate) fn of(path: &str, text: &str, edits: &[Edit]) -> String {
    let own = edits.iter().filter(|edit| &*edit.path == path);
    // Spans were checked when the fix was made; one that does not fit leaves the text as it is.
    let changed = spliced(text.as_bytes(), own)
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .unwrap_or_else(|| text.to_owned());
    let (old, new) = (lines(text), lines(&changed));
    let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let rest = old[head..].iter().rev().zip(new[head..].iter().rev());
    let tail = rest.take_while(|(a, b)| a == b).count();
    let most = old.len().max(new.len()) - head - tail;
    if most > MOST {
        return as_one(path, &old, &new, head, tail);
    }
    TextDiff::from_lines(text, changed.as_str())
        .unified_diff()
        .context_radius(AROUND)
        .header(&format!("a/{path}"), &format!("b/{path}"))
        .to_string()
}

fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

/// The change as one hunk that takes everything from the first changed line to the last out and puts it back in.
fn as_one(path: &str, old: &[&str], new: &[&str], head: usize, tail: usize) -> String {
    let from = head.saturating_sub(AROUND);
    let behind = tail.min(AROUND);
    let (old_end, new_end) = (old.len() - tail, new.len() - tail);
    let range = |end: usize| match end + behind - from {
        0 => format!("{from},0"),
        1 => format!("{}", from + 1),
        count => format!("{},{count}", from + 1),
    };
    let mut diff = format!(
        "--- a/{path}\n+++ b/{path}\n@@ -{} +{} @@\n",
        range(old_end),
        range(new_end)
    );
    let parts = [
        (' ', &old[from..head]),
        ('-', &old[head..old_end]),
        ('+', &new[head..new_end]),
        (' ', &old[old_end..old_end + behind]),
    ];
    for (sign, lines) in parts {
        for line in lines {
            diff.push(sign);
            diff.push_str(line);
            if !line.ends_with('\n') {
                diff.push_str("\n\\ No newline at end of file\n");
            }
        }
    }
    diff
}

#[cfg(test)]
mod tests {
    use super::*;
    use perfctl_core::place::ByteSpan;

    #[test]
    fn edits_become_a_diff_of_their_file() {
        let edit = |start, end, text: &str| Edit {
            path: "a.py".into(),
            span: ByteSpan::new(start, end),
            text: text.into(),
        };
        let diff = of(
            "a.py",
            "x = f(1)\ny = 2\n",
            &[edit(7, 7, ", timeout=5"), edit(13, 14, "3")],
        );
        assert!(
            diff.contains("-x = f(1)\n") && diff.contains("+x = f(1, timeout=5)\n"),
            "{diff}"
        );
        assert!(diff.contains("+y = 3\n"), "{diff}");
    }

    /// A file of so many lines that differ from each other, and one edit of all of it.
    fn rewritten(lines: usize, last: &str) -> (String, Edit) {
        let text = |word: &str| -> String {
            let lines = (0..lines).map(|at| format!("{word}{at}\n"));
            format!("first\n{}{last}", lines.collect::<String>())
        };
        let old = text("old");
        let edit = Edit {
            path: "a.py".into(),
            span: ByteSpan::new(0, old.len() as u32),
            text: text("new"),
        };
        (old, edit)
    }

    #[test]
    fn a_change_of_everything_reads_alike_however_it_is_found() {
        for last in ["", "last", "last\n", "a\nb\nc\n"] {
            let (old, edit) = rewritten(5, last);
            let (old_lines, new_lines) = (lines(&old), lines(&edit.text));
            let tail = lines(last).len();
            let one = as_one("a.py", &old_lines, &new_lines, 1, tail);
            assert_eq!(one, of("a.py", &old, std::slice::from_ref(&edit)), "{last}");
        }
    }

    #[test]
    fn a_change_of_many_lines_is_shown_in_time() {
        let (old, edit) = rewritten(100_000, "last\n");
        let begun = crate::clock::processor_time();
        let diff = of("a.py", &old, &[edit]);
        let took = crate::clock::processor_time() - begun;
        assert!(
            diff.contains("@@ -1,100002 +1,100002 @@\n first\n-old0\n"),
            "{}",
            &diff[..80]
        );
        assert!(diff.ends_with("+new99999\n last\n"));
        assert!(took.as_millis() < 500, "{took:?}");
    }
}
