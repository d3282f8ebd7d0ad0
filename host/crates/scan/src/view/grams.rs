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

/// The pieces of a text that is looked for.
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

    /// Whether a text may hold what is wanted. Errs on that side alone.
    pub(super) fn may_hold(&self, wanted: &Wanted) -> bool {
        wanted.0.iter().all(|hash| {
            let bit = hash >> self.shift;
            self.bits[(bit / 64) as usize] >> (bit % 64) & 1 == 1
        })
    }
}

impl Wanted {
    /// The pieces of `text`; of one that is shorter than a piece nothing is known.
    pub(super) fn new(text: &[u8]) -> Self {
        Self(hashes(text).collect())
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
            prop_assert!(Grams::of(text.as_bytes()).may_hold(&wanted));
        }
    }

    #[test]
    fn most_of_what_does_not_stand_in_a_text_is_known_not_to() {
        let line =
            |at: usize| format!("def read_{at}(session): return session.get(Row{at}, {at})\n");
        let text: String = (0..400).map(line).collect();
        let grams = Grams::of(text.as_bytes());
        let words = (0..1000).map(|at| format!("class Absent{at}("));
        let taken = words.filter(|word| grams.may_hold(&Wanted::new(word.as_bytes())));
        assert_eq!(taken.count(), 0);
        assert!(grams.may_hold(&Wanted::new(b"session.get(Row17")));
    }
}
