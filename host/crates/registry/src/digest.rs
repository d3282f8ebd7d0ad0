//! Digests as registries write them: an algorithm, a colon, hexadecimal digits.

use sha2::{Digest, Sha256, Sha512};

/// `sha256:` and the hexadecimal digest of the bytes.
pub fn digest(bytes: &[u8]) -> String {
    format!("sha256:{}", hexadecimal(&Sha256::digest(bytes)))
}

/// Whether the text has the form of a digest, of an algorithm that is known here: any other would pin nothing.
pub fn is_digest(text: &str) -> bool {
    let digits = match text.split_once(':') {
        Some(("sha256", hash)) if hash.len() == 64 => hash,
        Some(("sha512", hash)) if hash.len() == 128 => hash,
        _ => return false,
    };
    digits
        .chars()
        .all(|c| c.is_ascii_hexdigit() && !c.is_ascii_uppercase())
}

/// Whether the digest is that of the bytes.
pub fn is_digest_of(text: &str, bytes: &[u8]) -> bool {
    match text.split_once(':') {
        Some(("sha256", hash)) => hash == hexadecimal(&Sha256::digest(bytes)),
        Some(("sha512", hash)) => hash == hexadecimal(&Sha512::digest(bytes)),
        _ => false,
    }
}

fn hexadecimal(hash: &[u8]) -> String {
    hash.iter()
        .fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
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
            "SHA256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "sha256:e3b0c44298fc1c149afbf4c8996fb924",
            "md5:d41d8cd98f00b204e9800998ecf8427e",
        ] {
            assert!(!is_digest(wrong), "{wrong}");
        }
    }

    #[test]
    fn a_digest_of_any_algorithm_that_is_taken_is_held_against_the_content() {
        let long = format!("sha512:{}", hexadecimal(&Sha512::digest(b"plugin")));
        for good in [digest(b"plugin"), long] {
            assert!(is_digest(&good), "{good}");
            assert!(is_digest_of(&good, b"plugin"), "{good}");
            assert!(!is_digest_of(&good, b"another"), "{good}");
        }
        assert!(!is_digest_of("md5:d41d8cd98f00b204e9800998ecf8427e", b""));
    }
}
