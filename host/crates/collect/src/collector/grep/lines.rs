//! The line forms: `path NUL line:text` and `path:line:text`.

use perfctl_core::seams::CollectError;

use super::{Found, Match};
use crate::display;
use crate::option;

/// Reads either form. The first line decides, because a tool prints all of them alike.
pub(super) fn read(stdout: &[u8]) -> Result<Found, CollectError> {
    if after_null(stdout).is_some() {
        null(stdout)
    } else {
        plain(stdout)
    }
}

/// Path, line number, the character behind it, and the rest, if `bytes` begin with `path NUL number`. The path is
/// whatever stands before the first NUL: even a line end may be in it.
fn after_null(bytes: &[u8]) -> Option<(&[u8], u64, u8, &[u8])> {
    let end = bytes.iter().position(|byte| *byte == 0)?;
    let (line, separator, rest) = number(&bytes[end + 1..])?;
    (end > 0).then_some((&bytes[..end], line, separator, rest))
}

/// A line number, its separator (`:` for a match, `-` for context) and what follows.
fn number(bytes: &[u8]) -> Option<(u64, u8, &[u8])> {
    let digits = bytes
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    let line = std::str::from_utf8(&bytes[..digits]).ok()?.parse().ok()?;
    let (separator, rest) = bytes[digits..].split_first()?;
    matches!(separator, b':' | b'-').then_some((line, *separator, rest))
}

fn null(mut rest: &[u8]) -> Result<Found, CollectError> {
    let mut found = Found::default();
    while !rest.is_empty() {
        if let Some(tail) = rest.strip_prefix(b"--\n") {
            rest = tail;
            continue;
        }
        let (path, line, separator, tail) =
            after_null(rest).ok_or_else(|| unreadable(first_line(rest), "NUL"))?;
        let text = first_line(tail);
        if separator == b':' {
            found.matches.push(Match::new(path, line, text));
        }
        rest = &tail[(text.len() + 1).min(tail.len())..];
    }
    Ok(found)
}

fn first_line(bytes: &[u8]) -> &[u8] {
    bytes
        .split(|byte| *byte == b'\n')
        .next()
        .unwrap_or_default()
}

fn plain(stdout: &[u8]) -> Result<Found, CollectError> {
    let mut found = Found::default();
    for line in display::lines(stdout).filter(|line| !line.is_empty() && *line != b"--") {
        if let Some((path, number, text)) = split(line, b':') {
            found.matches.push(Match::new(path, number, text));
        } else if is_binary_remark(line) {
            found.binary += 1;
        } else if split(line, b'-').is_none() {
            return Err(unreadable(line, ":"));
        }
    }
    Ok(found)
}

/// Splits `path:12:text` at the first number between separators; `12:text` (one file, no path) has an empty path.
fn split(line: &[u8], separator: u8) -> Option<(&[u8], u64, &[u8])> {
    if let Some((at, found, text)) = number(line).filter(|(_, found, _)| *found == separator) {
        return (found == separator).then_some((&line[..0], at, text));
    }
    let mut from = 0;
    while let Some(at) = line[from..]
        .iter()
        .position(|byte| *byte == separator)
        .map(|at| from + at)
    {
        match number(&line[at + 1..]) {
            Some((number, found, text)) if found == separator && at > 0 => {
                return Some((&line[..at], number, text));
            }
            _ => from = at + 1,
        }
    }
    None
}

/// What grep before 3.5 and ripgrep print on standard output about a file that looks binary.
fn is_binary_remark(line: &[u8]) -> bool {
    let line = String::from_utf8_lossy(line);
    (line.starts_with("Binary file ") && line.ends_with(" matches"))
        || line.contains("binary file matches (found ")
        || line.contains("WARNING: stopped searching binary file")
}

fn unreadable(line: &[u8], separator: &str) -> CollectError {
    let line = display::cut(&display::line(line), 80);
    option::error(format!(
        "`{line}` is not `path{separator}line:text`: search with -n and -H, without -c, -l, -h and --heading"
    ))
}
