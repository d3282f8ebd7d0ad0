//! Keeping the first bytes of an output and counting the rest. It must not know whose output it is.

/// The beginning of a stream.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Capture {
    cap: usize,
    kept: Vec<u8>,
    total: u64,
}

impl Capture {
    /// Keeps at most `cap` bytes.
    pub(crate) fn new(cap: usize) -> Self {
        Self {
            cap,
            ..Self::default()
        }
    }

    /// Takes what arrived.
    pub(crate) fn push(&mut self, bytes: &[u8]) {
        self.total += bytes.len() as u64;
        let room = self.cap - self.kept.len();
        self.kept.extend_from_slice(&bytes[..bytes.len().min(room)]);
    }

    /// The bytes that were kept, and how many arrived.
    pub(crate) fn finish(self) -> (Vec<u8>, u64) {
        (self.kept, self.total)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_bytes_are_kept_and_all_are_counted() {
        let mut capture = Capture::new(5);
        capture.push(b"abc");
        capture.push(b"defg");
        capture.push(b"h");
        assert_eq!(capture.finish(), (b"abcde".to_vec(), 8));
    }
}
