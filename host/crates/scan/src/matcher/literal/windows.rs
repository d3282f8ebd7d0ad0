//! Literals, looked for by three bytes of each: a text is passed in steps of two bytes, and what stands there is held against a map of bits.
//! Between two steps only the shortest literals can be missed, and those have a map of their own. A full automaton takes four times as long for
//! a byte, and ten times as long to make.

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::Literal;

/// Shortest literal that can be looked for, in bytes: a window.
pub(super) const SHORTEST: usize = WINDOW;
/// Bytes of a window.
const WINDOW: usize = 3;
/// Bytes of two windows that follow each other, one of which a step meets.
const TWO: usize = WINDOW + 1;
/// Bits that tell windows apart: 8 KiB of map, which stays in the nearest cache.
const BITS: u32 = 16;
const WORDS: usize = 1 << (BITS - 6);

/// Windows of literals.
#[derive(Debug)]
pub(super) struct Windows {
    /// A bit per mixed window of some literal.
    map: Box<[u64; WORDS]>,
    /// The same of those that are no longer than a window, to be looked for between two steps.
    between: Option<Box<[u64; WORDS]>>,
    /// The literals that have a window there, each with its distance from the literal's beginning.
    literals: FxHashMap<u16, SmallVec<[(u32, u8); 2]>>,
}

impl Windows {
    /// Those of `literals`, each with its number; none is shorter than [`SHORTEST`].
    pub(super) fn new<'l>(literals: impl IntoIterator<Item = (u32, &'l Literal)>) -> Self {
        let mut all = Self {
            map: Box::new([0; WORDS]),
            between: None,
            literals: FxHashMap::default(),
        };
        for (number, literal) in literals {
            let text = literal.text.as_bytes();
            let rarest = text.windows(TWO).enumerate().min_by_key(|(_, bytes)| {
                let common: u32 = bytes.iter().map(|byte| commonness(*byte)).sum();
                common
            });
            match (rarest, text) {
                (Some((at, bytes)), _) => {
                    for step in 0..2 {
                        let window = mixed([bytes[step], bytes[step + 1], bytes[step + 2]]);
                        all.add(window, number, at + step);
                    }
                }
                (None, [first, second, third]) => {
                    let window = mixed([*first, *second, *third]);
                    all.add(window, number, 0);
                    let between = all.between.get_or_insert_with(|| Box::new([0; WORDS]));
                    set(between, window);
                }
                (None, _) => {}
            }
        }
        all
    }

    /// Has `window` stand for a literal in which it is so many bytes from the beginning.
    fn add(&mut self, window: u16, number: u32, distance: usize) {
        set(&mut self.map, window);
        let standing = self.literals.entry(window).or_default();
        standing.push((number, distance as u8));
    }

    /// Calls `found` with every literal that may stand in `text` from the byte `from` on, and with where it would begin. Ends where
    /// `found` says so.
    pub(super) fn search(
        &self,
        text: &[u8],
        from: usize,
        mut found: impl FnMut(u32, usize) -> bool,
    ) {
        let text_from = &text[from.min(text.len())..];
        let mut told = |window: u16, at: usize| {
            let standing = self.literals.get(&window);
            standing.into_iter().flatten().any(|(number, distance)| {
                at.checked_sub(usize::from(*distance))
                    .is_some_and(|start| found(*number, start))
            })
        };
        let Some(between) = &self.between else {
            for (step, bytes) in text_from.windows(WINDOW).step_by(2).enumerate() {
                let window = mixed([bytes[0], bytes[1], bytes[2]]);
                if is_set(&self.map, window) && told(window, from + step * 2) {
                    return;
                }
            }
            return;
        };
        for (step, bytes) in text_from.windows(TWO).step_by(2).enumerate() {
            let window = mixed([bytes[0], bytes[1], bytes[2]]);
            if is_set(&self.map, window) && told(window, from + step * 2) {
                return;
            }
            let window = mixed([bytes[1], bytes[2], bytes[3]]);
            if is_set(between, window) && told(window, from + step * 2 + 1) {
                return;
            }
        }
        // An odd byte at the end has no second window.
        if let [.., first, second, third] = text_from
            && text_from.len() % 2 == 1
        {
            let window = mixed([*first, *second, *third]);
            if is_set(&self.map, window) {
                told(window, from + text_from.len() - WINDOW);
            }
        }
    }
}

fn set(map: &mut [u64; WORDS], window: u16) {
    map[usize::from(window >> 6)] |= 1 << (window & 63);
}

#[inline]
fn is_set(map: &[u64; WORDS], window: u16) -> bool {
    map[usize::from(window >> 6)] & (1 << (window & 63)) != 0
}

/// A number for three bytes; letters in either case have the same.
fn mixed([first, second, third]: [u8; 3]) -> u16 {
    let bytes = u32::from_le_bytes([first, second, third, 0]) | 0x0020_2020;
    (bytes.wrapping_mul(0x9E37_79B1) >> (32 - BITS)) as u16
}

/// How often a byte stands in code, roughly: what is rare makes the better window.
fn commonness(byte: u8) -> u32 {
    match byte.to_ascii_lowercase() {
        b' ' | b'e' | b't' => 12,
        b'a' | b'i' | b'n' | b'o' | b'r' | b's' | b'_' => 9,
        b'c' | b'd' | b'l' | b'm' | b'p' | b'u' | b'f' => 6,
        b'.' | b',' | b'(' | b')' | b'"' | b'\'' | b'=' | b':' | b'\n' => 5,
        b'g' | b'h' | b'b' | b'y' | b'v' => 4,
        b'0'..=b'9' => 3,
        _ => 1,
    }
}
