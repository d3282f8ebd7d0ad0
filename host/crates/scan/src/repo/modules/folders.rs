//! Modules that a text with unknown parts may name: `./routes/*`.

use super::{Modules, directory, normalise, without_extension};
use crate::repo::FileId;

/// The most modules that one text with unknown parts may name.
const MOST_MATCHING: usize = 128;

impl Modules {
    /// The JavaScript modules that `pattern` may name in the file at `from`, where `*` stands for any name: `./routes/*`.
    pub fn matching(&self, pattern: &str, from: &str) -> Vec<FileId> {
        let star = pattern.find('*').unwrap_or(pattern.len());
        let (base, rest) = pattern.split_at(pattern[..star].rfind('/').map_or(0, |at| at + 1));
        let Some(base) = normalise(directory(from), base) else {
            return Vec::new();
        };
        let rest: Vec<&str> = rest.split('/').filter(|word| *word != ".").collect();
        let below = |path: &str| match path.strip_prefix(&*base) {
            Some(rest) if base.is_empty() || rest.is_empty() => Some(rest.to_owned()),
            Some(rest) => rest.strip_prefix('/').map(str::to_owned),
            None => None,
        };
        let inner = self.directories.iter().filter(|(path, _)| {
            // A directory may itself be what is named, by its `index`.
            below(path).is_some_and(|below| below.split('/').count() <= rest.len())
        });
        let mut all: Vec<FileId> = inner
            .flat_map(|(_, files)| files)
            .copied()
            .filter(|id| {
                let path = self.path(*id).and_then(below);
                path.is_some_and(|path| names_module(&rest, &path))
            })
            .collect();
        all.sort_unstable();
        all.truncate(MOST_MATCHING);
        all
    }
}

/// Whether the words of a pattern name the module at `path`: with its extension or without, or a directory by its `index`.
fn names_module(pattern: &[&str], path: &str) -> bool {
    let Some(bare) = without_extension(path) else {
        return false;
    };
    let by_index = bare.strip_suffix("/index");
    [Some(path), Some(bare), by_index]
        .into_iter()
        .flatten()
        .any(|path| {
            path.split('/').count() == pattern.len()
                && path
                    .split('/')
                    .zip(pattern)
                    .all(|(word, pattern)| fits(pattern, word))
        })
}

/// Whether a word fits one with unknown parts, each of which stands for at least one letter.
fn fits(pattern: &str, word: &str) -> bool {
    let mut pieces = pattern.split('*');
    let first = pieces.next().unwrap_or_default();
    let Some(mut rest) = word.strip_prefix(first) else {
        return false;
    };
    let mut pieces = pieces.peekable();
    if pieces.peek().is_none() {
        return rest.is_empty();
    }
    while let Some(piece) = pieces.next() {
        let mut letters = rest.char_indices();
        letters.next();
        let from = letters.next().map_or(rest.len(), |(at, _)| at);
        if rest.is_empty() {
            return false;
        }
        if pieces.peek().is_none() {
            return rest[from..].ends_with(piece);
        }
        let Some(at) = rest[from..].find(piece) else {
            return false;
        };
        rest = &rest[from + at + piece.len()..];
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_unknown_part_of_a_word_stands_for_at_least_one_letter() {
        for (pattern, word, expected) in [
            ("*", "a", true),
            ("*", "", false),
            ("a*", "a", false),
            ("a*", "ab", true),
            ("*.model", "user.model", true),
            ("*.model", ".model", false),
            ("a*b*c", "axbxc", true),
            ("a*b*c", "abc", false),
            ("a*é", "aéé", true),
            ("ab", "ab", true),
            ("ab", "abc", false),
        ] {
            assert_eq!(fits(pattern, word), expected, "{pattern} {word}");
        }
    }
}
