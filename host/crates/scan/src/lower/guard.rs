//! Refuses sources whose nesting would cost a parser its stack or a gigabyte of memory. It reads bytes only and knows
//! no parser; what is minified or generated is not its business.

use super::Language;

/// How much a source may hold before it is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Largest file, in bytes.
    pub bytes: usize,
    /// Deepest nesting of brackets.
    pub depth: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 1 << 20, depth: 1000 }
    }
}

/// Why a source is not parsed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The file is larger than [`Limits::bytes`].
    #[error("{bytes} bytes, more than the limit of {limit}")]
    TooLarge {
        /// Its size.
        bytes: usize,
        /// The limit.
        limit: usize,
    },
    /// Brackets nest deeper than [`Limits::depth`].
    #[error("brackets nest deeper than {limit} levels at byte {at}")]
    TooDeep {
        /// The first byte beyond the limit.
        at: usize,
        /// The limit.
        limit: usize,
    },
}

/// Whether `source` may be parsed under the default limits.
///
/// # Errors
/// Says what the source has too much of.
pub fn check(source: &[u8], language: Language) -> Result<(), Refusal> {
    Limits::default().check(source, language)
}

impl Limits {
    /// Whether `source` may be parsed under these limits.
    ///
    /// # Errors
    /// Says what the source has too much of.
    pub fn check(&self, source: &[u8], _language: Language) -> Result<(), Refusal> {
        if source.len() > self.bytes {
            return Err(Refusal::TooLarge { bytes: source.len(), limit: self.bytes });
        }
        let openers = source.iter().filter(|b| matches!(b, b'(' | b'[' | b'{')).count();
        if openers <= self.depth {
            return Ok(());
        }
        let mut depth = 0usize;
        for (at, byte) in source.iter().enumerate() {
            match byte {
                b'(' | b'[' | b'{' => {
                    depth += 1;
                    if depth > self.depth {
                        return Err(Refusal::TooDeep { at, limit: self.depth });
                    }
                }
                b')' | b']' | b'}' => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
        Ok(())
    }
}
