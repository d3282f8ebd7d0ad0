//! `WWW-Authenticate`: how a registry says what it wants to see before it answers.

/// What a registry wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Challenge {
    /// Name and password with every request.
    Basic,
    /// A token, to be had from another address.
    Bearer {
        /// Where.
        realm: String,
        /// For whom.
        service: Option<String>,
        /// What for.
        scope: Option<String>,
    },
}

/// Reads the values of one or more headers. A token is preferred, because a public image needs no password for one.
pub(crate) fn read<'a>(headers: impl IntoIterator<Item = &'a str>) -> Option<Challenge> {
    let found: Vec<Challenge> = headers.into_iter().flat_map(one).collect();
    found
        .iter()
        .find(|one| matches!(one, Challenge::Bearer { .. }))
        .or(found.first())
        .cloned()
}

/// The challenges of one header: `Scheme key="value", key=value, Scheme ...`.
fn one(header: &str) -> Vec<Challenge> {
    let mut found: Vec<(String, Vec<(String, String)>)> = Vec::new();
    let mut rest = header.trim_start_matches([' ', ',']);
    while !rest.is_empty() {
        let end = rest.find([' ', '=', ',']).unwrap_or(rest.len());
        let (word, tail) = rest.split_at(end);
        if let Some(value) = tail.strip_prefix('=') {
            let (value, tail) = value_of(value);
            if let Some((_, pairs)) = found.last_mut() {
                pairs.push((word.to_ascii_lowercase(), value));
            }
            rest = tail;
        } else {
            found.push((word.to_ascii_lowercase(), Vec::new()));
            rest = tail;
        }
        rest = rest.trim_start_matches([' ', ',', '\t']);
    }
    found
        .into_iter()
        .filter_map(|(scheme, pairs)| challenge(&scheme, &pairs))
        .collect()
}

/// A value, quoted with backslash escapes or bare, and what follows.
fn value_of(text: &str) -> (String, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find([',', ' ']).unwrap_or(text.len());
        return (text[..end].to_owned(), &text[end..]);
    };
    let mut value = String::new();
    let mut characters = quoted.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return (value, &quoted[at + 1..]),
            '\\' => value.extend(characters.next().map(|(_, escaped)| escaped)),
            other => value.push(other),
        }
    }
    (value, "")
}

fn challenge(scheme: &str, pairs: &[(String, String)]) -> Option<Challenge> {
    let value = |key: &str| {
        pairs
            .iter()
            .find(|(name, _)| name == key)
            .map(|(_, value)| value.clone())
    };
    match scheme {
        "basic" => Some(Challenge::Basic),
        "bearer" => Some(Challenge::Bearer {
            realm: value("realm")?,
            service: value("service"),
            scope: value("scope"),
        }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_bearer_challenge_names_realm_service_and_scope() {
        let header = r#"Bearer realm="https://auth.example.test/token",service="registry.example.test",scope="repository:shop/api:pull,push""#;
        assert_eq!(
            read([header]),
            Some(Challenge::Bearer {
                realm: "https://auth.example.test/token".to_owned(),
                service: Some("registry.example.test".to_owned()),
                scope: Some("repository:shop/api:pull,push".to_owned()),
            })
        );
    }

    #[test]
    fn a_token_is_preferred_to_a_password() {
        assert_eq!(read(["Basic realm=\"Registry\""]), Some(Challenge::Basic));
        for headers in [
            vec!["Basic realm=\"x\", Bearer realm=\"y\""],
            vec!["Basic realm=\"x\"", "bearer realm=y"],
        ] {
            let found = read(headers.iter().copied());
            assert_eq!(
                found,
                Some(Challenge::Bearer {
                    realm: "y".to_owned(),
                    service: None,
                    scope: None
                }),
                "{headers:?}"
            );
        }
    }

    #[test]
    fn escapes_are_undone_and_the_unknown_is_none() {
        let escaped = read([r#"Bearer realm="a\"b""#]);
        assert_eq!(
            escaped,
            Some(Challenge::Bearer {
                realm: "a\"b".to_owned(),
                service: None,
                scope: None
            })
        );
        assert_eq!(read(["Negotiate", "Bearer service=\"x\""]), None);
        assert_eq!(read([]), None);
    }

    proptest! {
        #[test]
        fn any_header_is_read_or_refused(header in "\\PC{0,80}") {
            let _ = read([header.as_str()]);
        }
    }
}
