//! The lines of `-X importtime` on standard error, told apart from what the program itself wrote there.
//!
//! CPython prints `import time: %9ld | %10ld | %*s%s` (self, cumulative, two spaces per level, name). The field widths
//! are part of the check, so that a program's own line that begins the same way is not taken for a measurement. Python
//! 3.14 adds lines with the word `cached` for `-X importtime=2`; they carry no time and are left out.

use crate::display;

const START: &[u8] = b"import time: ";
const HEADER: &[u8] = b"import time: self [us] | cumulative | imported package";
const BAR: &[u8] = b" | ";

/// One measured import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Timing {
    /// Microseconds in the module itself. Negative where threads imported at the same time.
    pub(super) own: i64,
    /// Microseconds including everything that it imported.
    pub(super) cumulative: i64,
    /// Nesting, 0 at the top.
    pub(super) depth: usize,
    /// Dotted name.
    pub(super) module: String,
}

/// What the interpreter reported, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Report {
    /// The header: an interpreter started.
    Header,
    /// An import ended.
    Import(Timing),
}

/// Standard error, taken apart.
#[derive(Debug, Default)]
pub(super) struct Scan<'a> {
    /// The interpreter's lines.
    pub(super) reports: Vec<Report>,
    /// The program's lines, those glued in front of a report included.
    pub(super) text: Vec<&'a [u8]>,
}

/// Takes standard error apart.
pub(super) fn scan(stderr: &[u8]) -> Scan<'_> {
    let mut found = Scan::default();
    for line in display::lines(stderr) {
        // A program that writes without a line end glues its text in front of the interpreter's line, never behind it.
        // Looking at the last occurrence alone keeps the work linear in the length of the line.
        let Some(at) = last_occurrence(line, START) else {
            found.text.push(line);
            continue;
        };
        let (before, report) = line.split_at(at);
        if report == HEADER {
            found.reports.push(Report::Header);
        } else if let Some(timing) = read(&report[START.len()..]) {
            found.reports.push(Report::Import(timing));
        } else if !is_cached(&report[START.len()..]) {
            found.text.push(line);
            continue;
        }
        if !before.is_empty() {
            found.text.push(before);
        }
    }
    found
}

fn last_occurrence(line: &[u8], needle: &[u8]) -> Option<usize> {
    line.windows(needle.len())
        .rposition(|window| window == needle)
}

fn is_cached(rest: &[u8]) -> bool {
    rest.starts_with(b"cached    | cached     | ")
}

/// Reads what follows `import time: `.
fn read(rest: &[u8]) -> Option<Timing> {
    let (own, rest) = field(rest, 9)?;
    let (cumulative, rest) = field(rest, 10)?;
    let spaces = rest.iter().take_while(|byte| **byte == b' ').count();
    let name = std::str::from_utf8(&rest[spaces..]).ok()?;
    let plausible = !name.is_empty() && !name.chars().any(char::is_control);
    (plausible && spaces % 2 == 0 && cumulative >= 0).then(|| Timing {
        own,
        cumulative,
        depth: spaces / 2,
        module: name.to_owned(),
    })
}

/// A right-aligned number of at least `width` characters and the bar behind it.
fn field(bytes: &[u8], width: usize) -> Option<(i64, &[u8])> {
    // A longer number than 20 characters does not fit into the type; looking no further keeps refusals cheap.
    let end = bytes
        .iter()
        .take(width + 20)
        .position(|byte| *byte == b'|')?
        .checked_sub(1)?;
    if !bytes[end..].starts_with(BAR) || end < width {
        return None;
    }
    let text = std::str::from_utf8(&bytes[..end]).ok()?;
    let digits = text.trim_start_matches(' ');
    if end > width && digits.len() != end {
        return None;
    }
    digits
        .parse()
        .ok()
        .map(|number| (number, &bytes[end + BAR.len()..]))
}

/// Writes a line as CPython does; the tests' other half of [`scan`].
#[cfg(test)]
pub(super) fn write(timing: &Timing) -> String {
    format!(
        "import time: {:>9} | {:>10} | {}{}\n",
        timing.own,
        timing.cumulative,
        "  ".repeat(timing.depth),
        timing.module
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn timing(own: i64, cumulative: i64, depth: usize, module: &str) -> Report {
        Report::Import(Timing {
            own,
            cumulative,
            depth,
            module: module.to_owned(),
        })
    }

    #[test]
    fn nesting_is_two_spaces_per_level_and_names_may_be_unicode() {
        let text = "import time:       375 |        375 |   _io\nimport time:      5502 |     110483 | modulé\r\n";
        let found = scan(text.as_bytes());
        assert_eq!(
            found.reports,
            [
                timing(375, 375, 1, "_io"),
                timing(5502, 110_483, 0, "modulé")
            ]
        );
        assert!(found.text.is_empty());
    }

    #[test]
    fn text_glued_in_front_of_a_line_is_the_programs() {
        let found = scan(b"no newline at endimport time:       408 |        408 |   colorsys\n");
        assert_eq!(found.reports, [timing(408, 408, 1, "colorsys")]);
        assert_eq!(found.text, [b"no newline at end"]);
    }

    #[test]
    fn lines_that_only_look_alike_are_the_programs() {
        for line in [
            "import time:      fake |  line",
            "import time: 12 | 12 | json",
            "import time:        12 |         12 |    odd.indent",
            "import time:        12 |         12 | ",
            "import time:        12 |        -12 | backwards",
            "import time:        12",
            "import time: ",
        ] {
            let found = scan(line.as_bytes());
            assert!(found.reports.is_empty(), "{line}");
            assert_eq!(found.text, [line.as_bytes()]);
        }
    }

    #[test]
    fn numbers_wider_than_their_field_are_read_and_padded_ones_are_not() {
        let found = scan(b"import time: 1234567890 | 12345678901 | slow\n");
        assert_eq!(
            found.reports,
            [timing(1_234_567_890, 12_345_678_901, 0, "slow")]
        );
        assert!(
            scan(b"import time:  1234567890 | 12345678901 | slow\n")
                .reports
                .is_empty()
        );
        assert!(
            scan(b"import time: 99999999999999999999 |         12 | x\n")
                .reports
                .is_empty()
        );
    }

    #[test]
    fn cached_lines_of_python_3_14_carry_no_time() {
        let found = scan(b"import time: cached    | cached     |   _io\n");
        assert!(found.reports.is_empty() && found.text.is_empty());
    }

    #[test]
    fn a_long_line_of_false_starts_is_refused_quickly() {
        let line = "import time:         1 |          1 | ".repeat(100_000);
        assert!(scan(line.as_bytes()).reports.is_empty());
    }
}
