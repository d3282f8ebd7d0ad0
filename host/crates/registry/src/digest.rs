//! Digests as registries write them: `sha256:` and hexadecimal digits.

use sha2::{Digest, Sha256};

/// `sha256:` and the hexadecimal digest of the bytes.
pub fn digest(bytes: &[u8]) -> String {
    let hash = Sha256::digest(bytes);
    hash.iter().fold("sha256:".to_owned(), |text, byte| {
        format!("{text}{byte:02x}")
    })
}

/// Whether the text has the form of a digest: an algorithm, a colon, hexadecimal digits.
pub fn is_digest(text: &str) -> bool {
    text.split_once(':').is_some_and(|(algorithm, hash)| {
        !algorithm.is_empty()
            && algorithm
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
            && (32..=128).contains(&hash.len())
            && hash
                .chars()
                .all(|c| c.is_ascii_hexdigit() && !c.is_ascii_uppercase())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_have_a_form() {
        assert!(is_digest(&digest(b"")));
        assert_eq!(
            digest(b""),
            "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        );
        for wrong in [
            "",
            "sha256:",
            "sha256:../../x",
            "e3b0",
            "SHA256:e3b0c44298fc1c149afbf4c8996fb924",
        ] {
            assert!(!is_digest(wrong), "{wrong}");
        }
    }
}
