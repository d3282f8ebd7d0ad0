//! Template actions in YAML: Helm and Go (`{{ }}`), Jinja (`{{ }}`, `{% %}`, `{# #}`) and GitHub's `${{ }}`.
//!
//! The text is made parseable without moving a byte. An action beside other text becomes a word of the same length; a line of
//! actions alone becomes blank, and if it prints something, a [`Hole`] says where and at which column.

use perfctl_core::place::ByteSpan;

/// An action longer than this is taken for something else.
const MAX_ACTION: usize = 4 << 10;

/// A template's text without its actions.
pub(super) struct Masked {
    /// As long as the original.
    pub(super) text: String,
    /// Where the original was changed, in order and disjoint.
    pub(super) changed: Vec<ByteSpan>,
    /// Lines that print something nobody can see here.
    pub(super) holes: Vec<Hole>,
}

/// A blanked line that prints.
pub(super) struct Hole {
    /// Its actions.
    pub(super) span: ByteSpan,
    /// The column, from 0, at which its output stands: what `nindent` or `indent` says, or else its own.
    pub(super) column: usize,
}

/// Replaces the actions in `text`; `None` when there are none.
pub(super) fn mask(text: &str) -> Option<Masked> {
    let actions = find_actions(text);
    if actions.is_empty() {
        return None;
    }
    let mut bytes = text.as_bytes().to_vec();
    let mut holes = Vec::new();
    let mut at = 0;
    while at < actions.len() {
        let line = Line::of(text, &actions[at..]);
        let group = &actions[at..at + line.count];
        at += line.count;
        let (first, last) = (&group[0], &group[group.len() - 1]);
        let indent = group
            .iter()
            .rev()
            .find_map(|action| indent_argument(&text[action.start..action.end]));
        let before = text[line.start..first.start].trim();
        let blanked = if !line.is_alone(text, group) {
            None
        } else if before.is_empty() {
            Some(line.start)
        } else if before.ends_with(':') && indent.is_some() {
            // `labels: {{- include "x" . | nindent 4 }}` prints below the key, and more may follow there.
            Some(first.start)
        } else {
            None
        };
        match blanked {
            // Line ends are blank at any indentation, even where a block scalar begins.
            Some(start) => bytes[start..line.end].fill(b'\n'),
            None => group
                .iter()
                .for_each(|action| bytes[action.start..action.end].fill(b'x')),
        }
        if blanked.is_some() && group.iter().any(|action| !action.is_control) {
            holes.push(Hole {
                span: ByteSpan::new(first.start as u32, last.end as u32),
                column: indent.unwrap_or(first.start - line.start),
            });
        }
    }
    // Whole actions were replaced by ASCII, so the text is UTF-8 still.
    let text = String::from_utf8(bytes).ok()?;
    let changed = actions
        .iter()
        .map(|action| ByteSpan::new(action.start as u32, action.end as u32))
        .collect();
    Some(Masked {
        text,
        changed,
        holes,
    })
}

struct Action {
    start: usize,
    end: usize,
    /// Whether it prints nothing: `if`, `range`, `end`, a comment, an assignment.
    is_control: bool,
}

/// The line that some actions share; an action over several lines makes them one.
struct Line {
    start: usize,
    end: usize,
    /// How many actions stand on it.
    count: usize,
}

impl Line {
    /// The line of the first of `actions`.
    fn of(text: &str, actions: &[Action]) -> Line {
        let end_behind = |from: usize| {
            memchr::memchr(b'\n', &text.as_bytes()[from..]).map_or(text.len(), |at| from + at)
        };
        let start = text[..actions[0].start]
            .rfind('\n')
            .map_or(0, |newline| newline + 1);
        let mut line = Line {
            start,
            end: end_behind(actions[0].end),
            count: 1,
        };
        while let Some(next) = actions.get(line.count).filter(|next| next.start < line.end) {
            if next.end > line.end {
                line.end = end_behind(next.end);
            }
            line.count += 1;
        }
        line
    }

    /// Whether between and behind its actions is nothing but blanks and a comment.
    fn is_alone(&self, text: &str, group: &[Action]) -> bool {
        let last = group.last().map_or(self.end, |last| last.end);
        let behind = text[last..self.end].trim();
        let is_blank = |pair: &[Action]| text[pair[0].end..pair[1].start].trim().is_empty();
        group.windows(2).all(is_blank) && (behind.is_empty() || behind.starts_with('#'))
    }
}

fn find_actions(text: &str) -> Vec<Action> {
    let bytes = text.as_bytes();
    let has_jinja_blocks = memchr::memmem::find(bytes, b"{%").is_some();
    let mut actions: Vec<Action> = Vec::new();
    let mut from = 0;
    while let Some(found) = memchr::memchr(b'{', &bytes[from..]) {
        let open = from + found;
        let close: &[u8] = match bytes.get(open + 1) {
            Some(b'{') => b"}}",
            Some(b'%') => b"%}",
            Some(b'#') if has_jinja_blocks && (open == 0 || bytes[open - 1] != b'$') => b"#}",
            _ => {
                from = open + 1;
                continue;
            }
        };
        let nearest =
            memchr::memmem::find(&bytes[open + 2..], close).map_or(bytes.len(), |at| open + 2 + at);
        let Some(mut end) = find_close(bytes, open + 2, close) else {
            // Nothing that opens much before the nearest close can be closed: skipping there keeps this linear.
            from = (open + 2).max(nearest.saturating_sub(MAX_ACTION));
            continue;
        };
        // `{{ {a: b}}}`: the braces of a literal belong to the action.
        while close == b"}}" && bytes.get(end) == Some(&b'}') {
            end += 1;
        }
        let start = if close == b"}}" && open > 0 && bytes[open - 1] == b'$' {
            open - 1
        } else {
            open
        };
        let is_control = close != b"}}" || is_control(&text[open + 2..end - 2]);
        actions.push(Action {
            start,
            end,
            is_control,
        });
        from = end;
    }
    actions
}

/// Where the action whose inside begins at `from` ends, behind its closing braces. Quoted text may hold braces.
fn find_close(bytes: &[u8], from: usize, close: &[u8]) -> Option<usize> {
    let window = &bytes[from..bytes.len().min(from + MAX_ACTION)];
    let inside = window.trim_ascii_start();
    let inside = inside
        .strip_prefix(b"-")
        .unwrap_or(inside)
        .trim_ascii_start();
    if inside.starts_with(b"/*") {
        let comment = memchr::memmem::find(window, b"*/")?;
        return memchr::memmem::find(&window[comment..], close)
            .map(|at| from + comment + at + close.len());
    }
    let mut quote = None;
    let mut at = 0;
    while at < window.len() {
        let byte = window[at];
        match quote {
            // No quoted text of an action spans lines but Go's raw strings: the quote was none.
            Some(b'"' | b'\'') if byte == b'\n' => break,
            Some(b'"' | b'\'') if byte == b'\\' => at += 1,
            Some(open) if byte == open => quote = None,
            Some(_) => {}
            None if byte == b'\\' => at += 1,
            None if matches!(byte, b'"' | b'\'' | b'`') => quote = Some(byte),
            None if window[at..].starts_with(close) => return Some(from + at + close.len()),
            None => {}
        }
        at += 1;
    }
    memchr::memmem::find(window, close).map(|at| from + at + close.len())
}

fn is_control(inside: &str) -> bool {
    let inside = inside.trim_start_matches('-').trim_start();
    let word_end = inside
        .find(|c: char| !c.is_ascii_alphanumeric())
        .unwrap_or(inside.len());
    let is_keyword = matches!(
        &inside[..word_end],
        "if" | "else" | "end" | "range" | "with" | "define" | "block" | "break" | "continue"
    );
    let assigns = || {
        let variable = inside
            .strip_prefix('$')
            .map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_'));
        variable.is_some_and(|rest| {
            let rest = rest.trim_start();
            rest.starts_with(":=") || (rest.starts_with('=') && !rest.starts_with("=="))
        })
    };
    is_keyword || inside.starts_with("/*") || inside.is_empty() || assigns()
}

/// The number behind `nindent` or `indent`.
fn indent_argument(action: &str) -> Option<usize> {
    let at = action.rfind("indent")?;
    let digits = action[at + "indent".len()..].trim_start();
    let end = digits
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(digits.len());
    digits[..end].parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(text: &str) -> String {
        let masked = mask(text).expect("there are actions");
        assert_eq!(masked.text.len(), text.len());
        masked.text
    }

    #[test]
    fn an_action_beside_text_becomes_a_word() {
        assert_eq!(
            masked("image: {{ .Values.image }}:v1\n"),
            "image: xxxxxxxxxxxxxxxxxxx:v1\n"
        );
        assert_eq!(
            masked("a: \"{{ .x | default \"}}\" }}\"\n"),
            "a: \"xxxxxxxxxxxxxxxxxxxxxxx\"\n"
        );
        assert_eq!(
            masked("if: ${{ github.ref == 'a: b' }}"),
            format!("if: {}", "x".repeat(27))
        );
        assert_eq!(masked("a: {{ b\n  c }}\n"), "a: xxxxxxxxxxx\n");
    }

    #[test]
    fn a_line_of_actions_alone_becomes_line_ends() {
        let blank = |count| "\n".repeat(count);
        assert_eq!(
            masked("  {{- if .x }}\na: 1\n{{- end }} # end\n"),
            format!("{}\na: 1\n{}\n", blank(14), blank(16))
        );
        assert_eq!(
            masked("{{/* it's\n a comment }} */}}\nb: 2"),
            format!("{}\nb: 2", blank(28))
        );
        assert_eq!(
            masked("{% for x in y %}\n- {{ x }}\n{% endfor %}"),
            format!("{}\n- xxxxxxx\n{}", blank(16), blank(12))
        );
        assert_eq!(
            masked("a: {{ x | nindent 2 }}\n  b: 1"),
            format!("a: {}\n  b: 1", blank(19))
        );
    }

    #[test]
    fn a_printing_line_leaves_a_hole_at_its_indent() {
        let text = "resources:\n  {{- toYaml .Values.resources | nindent 12 }}\n{{ include \"x\" . }}\n{{ $a := 1 }}\n{{- end }}\n";
        let holes = mask(text).expect("there are actions").holes;
        assert_eq!(
            holes.iter().map(|hole| hole.column).collect::<Vec<_>>(),
            [12, 0]
        );
    }

    #[test]
    fn text_without_actions_is_left_alone() {
        assert!(mask("a: {b: {c: 1}}\nrun: echo ${#x[@]} {{").is_none());
    }
}
