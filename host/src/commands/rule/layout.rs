//! Laying text out for a terminal: wrapped Markdown, aligned columns, few colours.

use anstyle::{AnsiColor, Effects, Style};

/// Headings.
pub(crate) const BOLD: Style = Style::new().effects(Effects::BOLD);
/// What may be passed over.
pub(crate) const DIM: Style = Style::new().effects(Effects::DIMMED);
/// What is well.
pub(crate) const GREEN: Style = AnsiColor::Green.on_default();
/// What is not.
pub(crate) const RED: Style = AnsiColor::BrightRed.on_default().effects(Effects::BOLD);
/// What might be.
pub(super) const YELLOW: Style = AnsiColor::Yellow.on_default();

/// `text` in `style`, or as it is.
pub(crate) fn paint(text: &str, style: Style, colour: bool) -> String {
    match colour && !text.is_empty() {
        true => format!("{}{text}{}", style.render(), style.render_reset()),
        false => text.to_owned(),
    }
}

/// Lines of at most `width` characters where words allow; 0 for no limit.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if used > 0 && width > 0 && used + 1 + length > width {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        if used > 0 {
            line.push(' ');
            used += 1;
        }
        line.push_str(word);
        used += length;
    }
    if used > 0 {
        lines.push(line);
    }
    lines
}

/// A rule's help text, which is Markdown, wrapped and indented: paragraphs flow, lists hang, code stays as it is.
pub(super) fn markdown(text: &str, indent: usize, width: usize) -> String {
    let text = perfctl_report::neutral_block(text);
    let inner = if width == 0 {
        0
    } else {
        width.saturating_sub(indent).max(30)
    };
    let mut out = Lines {
        out: String::new(),
        indent,
        inner,
    };
    let mut paragraph = String::new();
    // The fence that ends the code.
    let mut in_code: Option<&str> = None;
    let mut is_behind_code = false;
    for line in text.lines() {
        let trimmed = line.trim();
        let fence = ["```", "~~~"]
            .into_iter()
            .find(|fence| trimmed.starts_with(fence) && in_code.is_none_or(|open| open == *fence));
        if fence.is_some() {
            out.flow(&mut paragraph);
            is_behind_code = in_code.is_some();
            in_code = fence.filter(|_| in_code.is_none());
        } else if in_code.is_some() {
            out.code(line);
        } else if trimmed.is_empty() {
            out.flow(&mut paragraph);
            out.gap();
        } else {
            // What comes next belongs to other code, or to none.
            if std::mem::take(&mut is_behind_code) {
                out.gap();
            }
            if is_item(trimmed) {
                out.flow(&mut paragraph);
            }
            if !paragraph.is_empty() {
                paragraph.push(' ');
            }
            paragraph.push_str(trimmed.trim_start_matches('#').trim_start());
        }
    }
    out.flow(&mut paragraph);
    out.out
}

struct Lines {
    out: String,
    indent: usize,
    inner: usize,
}

impl Lines {
    /// Writes a paragraph or an item of a list and empties it.
    fn flow(&mut self, paragraph: &mut String) {
        let hang = item_mark(paragraph);
        let inner = if self.inner == 0 {
            0
        } else {
            self.inner - hang.min(self.inner / 2)
        };
        for (at, line) in wrap(&paragraph[hang.min(paragraph.len())..], inner)
            .iter()
            .enumerate()
        {
            let lead = if at == 0 { &paragraph[..hang] } else { "" };
            self.out.push_str(&format!(
                "{:indent$}{lead:hang$}{line}\n",
                "",
                indent = self.indent
            ));
        }
        paragraph.clear();
    }

    fn code(&mut self, line: &str) {
        let line = format!("{:indent$}{line}", "", indent = self.indent + 4);
        self.out.push_str(line.trim_end());
        self.out.push('\n');
    }

    fn gap(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }
}

fn is_item(text: &str) -> bool {
    item_mark(text) > 0
}

/// Bytes of the sign that begins an item of a list: `- `, `12. `; 0 for anything else.
fn item_mark(text: &str) -> usize {
    if text.starts_with("- ") || text.starts_with("* ") || text.starts_with("> ") {
        return 2;
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    match digits > 0 && digits < 4 && text[digits..].starts_with(". ") {
        true => digits + 2,
        false => 0,
    }
}

/// Rows as aligned columns. Where they are wider than `width` (0: never), the column `flexible` is cut.
pub(super) fn table(rows: &[Vec<String>], flexible: usize, width: usize) -> Vec<Vec<String>> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let length = |at: usize| {
        rows.iter()
            .filter_map(|row| row.get(at))
            .map(|cell| cell.chars().count())
            .max()
            .unwrap_or(0)
    };
    let mut widths: Vec<usize> = (0..columns).map(length).collect();
    let total = widths.iter().sum::<usize>() + 2 * columns.saturating_sub(1);
    if width > 0 && total > width && flexible < columns {
        widths[flexible] = widths[flexible].saturating_sub(total - width).max(20);
    }
    let cell = |text: &String, at: usize| {
        let fitting = match text.chars().count() > widths[at] {
            true => text
                .chars()
                .take(widths[at].saturating_sub(3))
                .chain("...".chars())
                .collect(),
            false => text.clone(),
        };
        format!("{fitting:width$}", width = widths[at])
    };
    rows.iter()
        .map(|row| {
            row.iter()
                .enumerate()
                .map(|(at, text)| cell(text, at))
                .collect()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_flow_lists_hang_and_code_stays() {
        let text = "One two\nthree four.\n\n- five six seven\n  eight\n- nine\n\n12. ten eleven twelve\n\n```py\nx = 1\n  y = 2\n```\n\n\nend";
        assert_eq!(
            markdown(text, 2, 32),
            "  One two three four.\n\n  - five six seven eight\n  - nine\n\n  12. ten eleven twelve\n\n      x = 1\n        y = 2\n\n  end\n"
        );
        assert!(
            markdown("a b c d e f g h i j k l m n o p q r s t", 0, 30)
                .lines()
                .all(|line| line.len() <= 30)
        );
    }

    #[test]
    fn code_stands_between_fences_of_either_kind() {
        let text = "so:\n~~~md\n# A\n\n```\nb  c\n~~~\nand `d`";
        assert_eq!(
            markdown(text, 0, 32),
            "so:\n    # A\n\n    ```\n    b  c\n\nand `d`\n"
        );
    }

    #[test]
    fn escape_sequences_of_a_rule_do_not_reach_the_terminal() {
        assert!(!markdown("a \u{1b}[2J b", 0, 0).contains('\u{1b}'));
    }

    #[test]
    fn the_flexible_column_gives_way() {
        let row = |cells: &[&str]| {
            cells
                .iter()
                .map(|cell| (*cell).to_owned())
                .collect::<Vec<_>>()
        };
        let rows = [
            row(&["A-1", "a title that is longer than all", "x"]),
            row(&["AB-1", "short", "xyz"]),
        ];
        let wide: Vec<String> = table(&rows, 1, 0)
            .iter()
            .map(|row| row.join("  "))
            .collect();
        assert_eq!(wide[1], "AB-1  short                            xyz");
        let narrow: Vec<String> = table(&rows, 1, 32)
            .iter()
            .map(|row| row.join("  "))
            .collect();
        assert!(
            narrow.iter().all(|line| line.chars().count() <= 32) && narrow[0].contains("..."),
            "{narrow:?}"
        );
    }
}
