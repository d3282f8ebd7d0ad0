//! Columns: from characters, as the record counts them, to bytes of an excerpt and to UTF-16 units.

use perfctl_core::place::{Excerpt, LineColumn};

/// The text of line `number` (from 1) of an excerpt, without its line end.
pub(crate) fn line_text(excerpt: &Excerpt, number: u32) -> Option<&str> {
    let at = number.checked_sub(excerpt.first_line)? as usize;
    excerpt
        .text
        .split('\n')
        .nth(at)
        .map(|line| line.strip_suffix('\r').unwrap_or(line))
}

/// Byte offset in `line` of the character column `column` (from 1); the line's length beyond its end.
pub(crate) fn byte_of(line: &str, column: u32) -> usize {
    let before = column.max(1) as usize - 1;
    line.char_indices()
        .nth(before)
        .map_or(line.len(), |(at, _)| at)
}

/// A column in UTF-16 units (from 1), worked out from the excerpt. Where the excerpt does not hold the line, the
/// character column is the best answer; it differs only behind characters beyond the basic plane.
pub(crate) fn utf16(excerpt: &Excerpt, at: LineColumn) -> u32 {
    let Some(line) = line_text(excerpt, at.line) else {
        return at.column.max(1);
    };
    let before = at.column.max(1) as usize - 1;
    let beyond = before.saturating_sub(line.chars().count());
    let units: usize = line.chars().take(before).map(char::len_utf16).sum();
    (units + beyond) as u32 + 1
}

/// Line and UTF-16 column of a byte offset of the file, if the excerpt holds it unchanged: `None` outside of it, or where
/// invalid bytes were replaced, because then its offsets are not the file's.
pub(crate) fn utf16_of_byte(excerpt: &Excerpt, offset: u32) -> Option<(u32, u32)> {
    let at = offset.checked_sub(excerpt.offset)? as usize;
    if excerpt.text.contains('\u{fffd}') || !excerpt.text.is_char_boundary(at) {
        return None;
    }
    let before = &excerpt.text[..at];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let line = excerpt.first_line + before.matches('\n').count() as u32;
    Some((line, before[line_start..].encode_utf16().count() as u32 + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn excerpt() -> Excerpt {
        Excerpt {
            first_line: 4,
            offset: 100,
            text: "x = 1\r\ny = '😀é' + z".to_owned(),
        }
    }

    #[test]
    fn columns_behind_wide_characters_count_two_units() {
        let z = LineColumn {
            line: 5,
            column: 12,
        };
        assert_eq!(line_text(&excerpt(), 5), Some("y = '😀é' + z"));
        assert_eq!(utf16(&excerpt(), z), 13);
        assert_eq!(
            utf16(
                &excerpt(),
                LineColumn {
                    line: 99,
                    column: 7
                }
            ),
            7,
            "outside of the excerpt"
        );
        assert_eq!(byte_of("é😀z", 3), 6);
        assert_eq!(byte_of("é😀z", 30), 7);
    }

    #[test]
    fn bytes_map_to_lines_only_where_the_excerpt_is_the_file() {
        let z = 100 + excerpt().text.find('z').expect("z is there") as u32;
        assert_eq!(utf16_of_byte(&excerpt(), z), Some((5, 13)));
        assert_eq!(utf16_of_byte(&excerpt(), 99), None);
        assert_eq!(utf16_of_byte(&excerpt(), 500), None);
        let lossy = Excerpt {
            text: "a\u{fffd}b".to_owned(),
            ..excerpt()
        };
        assert_eq!(utf16_of_byte(&lossy, 101), None);
    }
}
