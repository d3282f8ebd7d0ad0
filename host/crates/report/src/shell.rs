//! Words of commands that are shown for somebody to paste. Runs nothing.

/// `text` as a shell reads it back as one word, quoted only where it has to be.
pub fn word(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=@%+,".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    #[test]
    fn only_what_a_shell_would_split_or_read_otherwise_is_quoted() {
        for (text, shown) in [
            ("/srv/shop", "/srv/shop"),
            ("git@host:shop.git", "git@host:shop.git"),
            ("/srv/my shop", "'/srv/my shop'"),
            ("$HOME", "'$HOME'"),
            ("it's", r"'it'\''s'"),
            ("", "''"),
        ] {
            assert_eq!(super::word(text), shown);
        }
    }
}
