//! What a text is made of, three bytes at a time: most texts that are looked for are not there, and this says so without reading again.

/// Bytes of a piece.
const PIECE: usize = 3;

/// Fewest and most bits of a text, as powers of two. A text has a bit for each of its bytes: code repeats itself, so that a fifth of them
/// are set, and eight pieces in a row are there by chance once in four hundred thousand.
const FEWEST: u32 = 9;
const MOST: u32 = 20;

/// The pieces of a text.
#[derive(Debug)]
pub(super) struct Grams {
    bits: Box<[u64]>,
    /// How far a hash is shifted to name a bit.
    shift: u32,
}

/// Pieces of a wanted text that are asked for at most. Eight tell nearly every text; more would make a long one dear to ask for in each file.
const MOST_WANTED: usize = 32;

/// Pieces of a text that is looked for.
#[derive(Debug)]
pub(super) struct Wanted(Vec<u32>);

/// The bits of each piece of `text`, spread over 32 of them.
fn hashes(text: &[u8]) -> impl Iterator<Item = u32> {
    let piece = |bytes: &[u8]| u32::from_le_bytes([bytes[0], bytes[1], bytes[2], 0]);
    // Knuth's multiplier: its upper bits depend on all of a piece.
    text.windows(PIECE)
        .map(move |bytes| piece(bytes).wrapping_mul(2_654_435_761))
}

impl Grams {
    /// Those of `text`.
    pub(super) fn of(text: &[u8]) -> Self {
        let size = text.len().max(1).next_power_of_two().ilog2();
        let size = size.clamp(FEWEST, MOST);
        let mut bits = vec![0_u64; 1 << (size - 6)].into_boxed_slice();
        let shift = u32::BITS - size;
        for hash in hashes(text) {
            let bit = hash >> shift;
            bits[(bit / 64) as usize] |= 1 << (bit % 64);
        }
        Self { bits, shift }
    }

    /// Bytes that they take.
    pub(super) fn heap_size(&self) -> usize {
        self.bits.len() * size_of::<u64>()
    }

    /// Whether a text may hold what is wanted. Errs on that side alone.
    pub(super) fn may_hold(&self, wanted: &Wanted) -> bool {
        wanted.0.iter().all(|hash| {
            let bit = hash >> self.shift;
            self.bits[(bit / 64) as usize] >> (bit % 64) & 1 == 1
        })
    }
}

impl Wanted {
    /// Pieces of `text`; `None` of one that is shorter than a piece, of which nothing is known.
    pub(super) fn new(text: &[u8]) -> Option<Self> {
        let mut all: Vec<u32> = hashes(text).collect();
        all.sort_unstable();
        all.dedup();
        let step = all.len().div_ceil(MOST_WANTED).max(1);
        (!all.is_empty()).then(|| Self(all.into_iter().step_by(step).collect()))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_stands_in_a_text_may_be_there(
            before in "[a-d]{0,600}", word in "[a-e]{0,9}", after in "[a-d]{0,600}",
        ) {
            let text = format!("{before}{word}{after}");
            let wanted = Wanted::new(word.as_bytes());
            prop_assert_eq!(wanted.is_some(), word.len() >= PIECE);
            prop_assert!(wanted.is_none_or(|wanted| Grams::of(text.as_bytes()).may_hold(&wanted)));
        }
    }

    #[test]
    fn most_of_what_does_not_stand_in_a_text_is_known_not_to() {
        let line =
            |at: usize| format!("def read_{at}(session): return session.get(Row{at}, {at})\n");
        let text: String = (0..400).map(line).collect();
        let grams = Grams::of(text.as_bytes());
        let may_hold = |word: &str| {
            let wanted = Wanted::new(word.as_bytes()).expect("it has pieces");
            grams.may_hold(&wanted)
        };
        let words = (0..1000).map(|at| format!("class Absent{at}("));
        assert_eq!(words.filter(|word| may_hold(word)).count(), 0);
        assert!(may_hold("session.get(Row17"));
    }

    #[test]
    fn a_long_text_is_asked_for_by_few_pieces() {
        let count = |text: &str| Wanted::new(text.as_bytes()).map(|wanted| wanted.0.len());
        assert_eq!(count(&" ".repeat(9999)), Some(1));
        let long: String = (0..9999).map(|at| format!("{at:x}")).collect();
        assert!(count(&long).is_some_and(|count| count <= MOST_WANTED));
    }
}
