//! Tables for terminals: aligned columns, and a line below a row for what would not fit beside it.

use anstyle::Style;
use unicode_width::UnicodeWidthStr;

use super::paint::{self, Paint};
use super::wrap::wrap;

/// A column.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column {
    /// Its title.
    pub(crate) title: &'static str,
    /// Whether cells are aligned right.
    pub(crate) right: bool,
    /// Whether its cells may be wrapped when the terminal is narrow; at most one column should be.
    pub(crate) flexible: bool,
}

/// A left-aligned column.
pub(crate) const fn left(title: &'static str) -> Column {
    Column {
        title,
        right: false,
        flexible: false,
    }
}

/// A right-aligned column.
pub(crate) const fn right(title: &'static str) -> Column {
    Column {
        title,
        right: true,
        flexible: false,
    }
}

/// A left-aligned column that wraps.
pub(crate) const fn flexible(title: &'static str) -> Column {
    Column {
        title,
        right: false,
        flexible: true,
    }
}

/// A cell: text, without control characters, and its style.
pub(crate) type Cell = (String, Style);

/// A row.
#[derive(Clone, Debug, Default)]
pub(crate) struct Row {
    /// One cell per column.
    pub(crate) cells: Vec<Cell>,
    /// A line below, indented to the column of this index.
    pub(crate) below: Option<(usize, Cell)>,
}

const GAP: usize = 2;
const NARROWEST: usize = 16;

/// Draws a table, indented by two columns. `width` 0 means no limit.
pub(crate) fn draw(columns: &[Column], rows: &[Row], width: usize, paint: Paint) -> String {
    let mut widths: Vec<usize> = columns.iter().map(|column| column.title.width()).collect();
    for row in rows {
        for (at, (text, _)) in row.cells.iter().enumerate() {
            widths[at] = widths[at].max(text.width());
        }
    }
    let total = GAP + widths.iter().sum::<usize>() + GAP * columns.len().saturating_sub(1);
    if width > 0
        && total > width
        && let Some(at) = columns.iter().position(|column| column.flexible)
    {
        let others = total - widths[at];
        widths[at] = widths[at].min(width.saturating_sub(others).max(NARROWEST));
    }
    let mut out = String::new();
    let titles: Vec<Cell> = columns
        .iter()
        .map(|column| (column.title.to_owned(), paint::DIM))
        .collect();
    draw_row(&mut out, columns, &widths, &titles, paint);
    for row in rows {
        draw_row(&mut out, columns, &widths, &row.cells, paint);
        if let Some((column, (text, style))) = &row.below {
            let indent = GAP
                + widths[..*column]
                    .iter()
                    .map(|width| width + GAP)
                    .sum::<usize>();
            let inner = if width == 0 {
                0
            } else {
                width.saturating_sub(indent).max(24)
            };
            for line in wrap(text, inner) {
                out.push_str(&" ".repeat(indent));
                out.push_str(&paint.paint(*style, &line));
                out.push('\n');
            }
        }
    }
    out
}

fn draw_row(out: &mut String, columns: &[Column], widths: &[usize], cells: &[Cell], paint: Paint) {
    let wrapped: Vec<Vec<String>> = cells
        .iter()
        .zip(columns)
        .zip(widths)
        .map(|(((text, _), column), width)| {
            if column.flexible {
                wrap(text, *width)
            } else {
                vec![text.clone()]
            }
        })
        .collect();
    let height = wrapped.iter().map(Vec::len).max().unwrap_or(0);
    for at in 0..height {
        let mut line = String::new();
        let mut pending = GAP;
        for (index, lines) in wrapped.iter().enumerate() {
            let text = lines.get(at).map_or("", String::as_str);
            let fill = widths[index].saturating_sub(text.width());
            let (before, after) = if columns[index].right {
                (fill, 0)
            } else {
                (0, fill)
            };
            if text.is_empty() {
                pending += before + after + GAP;
                continue;
            }
            line.push_str(&" ".repeat(pending + before));
            line.push_str(&paint.paint(cells[index].1, text));
            pending = after + GAP;
        }
        out.push_str(&line);
        out.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: &[&str], below: Option<&str>) -> Row {
        Row {
            cells: cells
                .iter()
                .map(|cell| ((*cell).to_owned(), Style::new()))
                .collect(),
            below: below.map(|text| (1, (text.to_owned(), Style::new()))),
        }
    }

    #[test]
    fn columns_line_up_and_nothing_trails() {
        let rows = [
            row(&["a", "日本", "1"], None),
            row(&["bbb", "x", "10"], Some("why not")),
        ];
        let text = draw(
            &[left("k"), left("name"), right("n")],
            &rows,
            0,
            Paint { colour: false },
        );
        assert_eq!(
            text,
            "  k    name   n\n  a    日本   1\n  bbb  x     10\n       why not\n"
        );
    }

    #[test]
    fn the_flexible_column_gives_way() {
        let rows = [row(&["id", "a rather long title of an item", "3"], None)];
        let text = draw(
            &[left(""), flexible("title"), right("n")],
            &rows,
            30,
            Paint { colour: false },
        );
        assert!(text.lines().all(|line| line.width() <= 30), "{text}");
        assert!(
            text.contains("a rather long title") && text.contains("of an item"),
            "{text}"
        );
    }
}
