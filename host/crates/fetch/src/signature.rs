//! Signatures of plugins: minisign's, over the bytes of the file (<https://jedisct1.github.io/minisign/>).

use std::fmt;

use minisign_verify::{PublicKey, Signature};

/// A public key of minisign.
#[derive(Clone, PartialEq, Eq)]
pub struct Key {
    written: String,
    key: PublicKey,
}

impl Key {
    /// Reads a key: the line of base64 that begins with `RW`, or the whole file `minisign.pub`.
    ///
    /// # Errors
    /// When it is none, in words.
    pub fn read(text: &str) -> Result<Self, String> {
        // The comment above it says nothing that anybody vouches for.
        let mut lines = text.lines().map(str::trim);
        let written = lines.rfind(|line| !line.is_empty()).unwrap_or_default();
        match PublicKey::from_base64(written) {
            Ok(key) => Ok(Self {
                written: written.to_owned(),
                key,
            }),
            Err(_) => Err(
                "this is no public key of minisign, which has 56 letters and begins with `RW`"
                    .to_owned(),
            ),
        }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

/// Why a signature does not count.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    /// It cannot be read.
    #[error("its signature is no signature of minisign")]
    Broken,
    /// Other keys made it, or the file is not what was signed.
    #[error("its signature is not by {0}, or is of another file")]
    Stranger(String),
}

/// The key of `keys` that signed `bytes`.
///
/// # Errors
/// [`SignatureError`].
pub fn signer<'k>(
    bytes: &[u8],
    signature: &str,
    keys: &'k [Key],
) -> Result<&'k Key, SignatureError> {
    let signature = Signature::decode(signature).map_err(|_| SignatureError::Broken)?;
    // Both of minisign's modes sign all of the file: the older one is no weaker, only slower to make.
    let mut signed = keys
        .iter()
        .filter(|key| key.key.verify(bytes, &signature, true).is_ok());
    signed.next().ok_or_else(|| {
        let names: Vec<&str> = keys.iter().map(|key| key.written.as_str()).collect();
        SignatureError::Stranger(match names.as_slice() {
            [] => "any key that is trusted".to_owned(),
            names => names.join(" or "),
        })
    })
}

#[cfg(test)]
mod tests {
    use minisign::KeyPair;

    use super::*;

    fn pair() -> (KeyPair, Key) {
        let pair = KeyPair::generate_unencrypted_keypair().expect("made");
        let key = Key::read(&pair.pk.to_base64()).expect("a key");
        (pair, key)
    }

    fn sign(pair: &KeyPair, bytes: &[u8]) -> String {
        let signed = minisign::sign(None, &pair.sk, bytes, Some("of a test"), None);
        signed.expect("signed").into_string()
    }

    #[test]
    fn the_key_that_signed_is_found_among_others() {
        let ((one, one_key), (_, other_key)) = (pair(), pair());
        let signature = sign(&one, b"plugin");
        let keys = [other_key.clone(), one_key.clone()];
        assert_eq!(signer(b"plugin", &signature, &keys), Ok(&one_key));
        for (bytes, keys) in [
            (&b"plugin"[..], &[other_key.clone()][..]),
            (b"plugin", &[]),
            (b"another", &keys),
        ] {
            let refused = signer(bytes, &signature, keys).expect_err("refused");
            assert!(matches!(refused, SignatureError::Stranger(_)), "{refused}");
        }
        assert_eq!(
            signer(b"plugin", "untrusted comment: x\nno\n", &keys),
            Err(SignatureError::Broken)
        );
    }

    #[test]
    fn a_trusted_comment_is_part_of_what_is_signed() {
        let (pair, key) = pair();
        let signature = sign(&pair, b"plugin").replace("of a test", "of another");
        assert!(signer(b"plugin", &signature, &[key]).is_err());
    }

    #[test]
    fn a_key_is_read_from_its_line_or_its_file() {
        let (_, key) = pair();
        let file = format!("untrusted comment: minisign public key\n{key}\n");
        assert_eq!(Key::read(&file), Ok(key.clone()));
        assert_eq!(Key::read(&format!("  {key} ")), Ok(key));
        for wrong in ["", "RW", "untrusted comment: minisign public key", "hello"] {
            assert!(Key::read(wrong).is_err(), "{wrong}");
        }
    }
}
