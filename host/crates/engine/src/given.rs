//! Which of the values that `--set` gives must not be shown: what programs take from the environment, and the users and
//! passwords of addresses. Looks at names and values only; hiding them is the redactor's.

use std::borrow::Cow;

use perfctl_core::recipe::variable;

use crate::redact::MARK;

/// Parts of the names of variables that hold secrets.
const TELLING: [&str; 11] = [
    "AUTH",
    "COOKIE",
    "CREDENTIAL",
    "DSN",
    "KEY",
    "PASS",
    "PRIVATE",
    "PWD",
    "SALT",
    "SECRET",
    "TOKEN",
];

/// Settings that say no more than on or off.
const SWITCHES: [&str; 10] = [
    "auto", "disabled", "enabled", "false", "no", "none", "null", "off", "on", "true",
];

/// Letters in a row that a word or name may have.
const LONGEST_WORD: usize = 24;

/// The secrets among these values, to be hidden wherever they appear.
pub fn secrets(set: &[(String, String)]) -> Vec<String> {
    let mut found = Vec::new();
    for (name, value) in set {
        for pair in pairs(name, value) {
            let is_secret = match is_telling(pair.name) {
                true => !is_switch(pair.value),
                false => !is_ordinary(pair.value),
            };
            if is_secret {
                found.push(pair.value.to_owned());
            }
        }
        found.extend(of_addresses(value));
    }
    found.retain(|secret| !secret.is_empty());
    found.sort();
    found.dedup();
    found
}

/// What is written in place of values that are an environment as a whole: the names of the variables stay, and every value
/// goes, also those that are too ordinary to be hidden elsewhere.
pub fn masks(set: &[(String, String)]) -> Vec<(String, String)> {
    let mut masks: Vec<(String, String)> = set
        .iter()
        .filter_map(|(name, value)| {
            let pairs = pairs(name, value);
            let shown = |pair: &Pair<'_>| format!("{}={MARK}", pair.name);
            let masked: Vec<String> = pairs.iter().map(shown).collect();
            (!pairs.is_empty()).then(|| (value.clone(), masked.join(",")))
        })
        .collect();
    // Of two where one holds the other, the longer first.
    masks.sort_by_key(|(value, _)| std::cmp::Reverse(value.len()));
    masks
}

/// One variable.
struct Pair<'a> {
    name: &'a str,
    value: &'a str,
}

/// The variables in the value of a parameter that is an environment: by its name, or because it reads like one.
fn pairs<'a>(name: &str, value: &'a str) -> Vec<Pair<'a>> {
    let reads_so = variable(value)
        .is_some_and(|(name, _)| !name.bytes().any(|byte| byte.is_ascii_lowercase()));
    let is_named_so = name == "env" || name == "environment" || name.ends_with("-env");
    if !is_named_so && !reads_so {
        return Vec::new();
    }
    let mut pairs: Vec<Pair<'a>> = Vec::new();
    let mut begin = 0;
    // A comma that no variable follows is a part of the value.
    for (at, _) in value.match_indices(',').chain([(value.len(), "")]) {
        let next = value.get(at + 1..).unwrap_or_default();
        if at < value.len() && variable(next).is_none() {
            continue;
        }
        if let Some((name, value)) = variable(&value[begin..at]) {
            pairs.push(Pair { name, value });
        }
        begin = at + 1;
    }
    pairs
}

fn is_telling(name: &str) -> bool {
    let name = name.to_ascii_uppercase();
    TELLING.iter().any(|part| name.contains(part))
}

/// Whether a value says only on or off, or is a small number.
fn is_switch(value: &str) -> bool {
    let is_number = value.len() < 6 && value.bytes().all(|byte| byte.is_ascii_digit());
    is_number || SWITCHES.contains(&value.to_ascii_lowercase().as_str())
}

/// Whether a value is made of words and numbers, as names of modules, paths and addresses without a user are. Hiding such
/// a value wherever it appears would blot out ordinary text, and code that a finding shows.
fn is_ordinary(value: &str) -> bool {
    value.split(['.', '-', '_', '/', ':', ' ']).all(|word| {
        let letters = word.bytes().take_while(u8::is_ascii_alphabetic).count();
        let digits = &word[letters..];
        letters <= LONGEST_WORD
            && digits.bytes().all(|byte| byte.is_ascii_digit())
            // `python3`, `v12`, and numbers; letters and digits in longer rows are keys.
            && (letters == 0 || digits.len() <= 2)
            && digits.len() <= 6
    })
}

/// Users with passwords, and passwords, of the addresses in a text.
fn of_addresses(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, mark) in text.match_indices("://") {
        let rest = &text[at + mark.len()..];
        let rest = rest
            .split([' ', '"', '\'', '\n'])
            .next()
            .unwrap_or_default();
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        match (authority.rsplit_once('@'), authority.split_once(':')) {
            // A user without a password may be a token.
            (Some((user, _)), _) if !user.contains(':') => {
                if !is_ordinary(user) {
                    found.push(user.to_owned());
                }
            }
            (None, None) => {}
            // A password that is not escaped may hold what ends one by the book, and so reach to the last `@`. A port and
            // an `@` in the path look the same, and nothing is lost by hiding those.
            (_, colon) => {
                if let (Some((info, _)), Some(_)) = (rest.rsplit_once('@'), colon) {
                    let (user, password) = info.split_once(':').unwrap_or((info, ""));
                    let user = if user.is_empty() { "//" } else { user };
                    found.push(format!("{user}:{password}"));
                    found.push(password.to_owned());
                    if let Cow::Owned(plain) = decoded(password) {
                        found.push(plain);
                    }
                }
            }
        }
    }
    found
}

/// Percent escapes decoded; what is no escape stays as it is.
fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut parts = text.split('%');
    bytes.extend_from_slice(parts.next().unwrap_or_default().as_bytes());
    for part in parts {
        let escaped = part
            .get(..2)
            .filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match escaped {
            Some(byte) => {
                bytes.push(byte);
                bytes.extend_from_slice(&part.as_bytes()[2..]);
            }
            None => {
                bytes.push(b'%');
                bytes.extend_from_slice(part.as_bytes());
            }
        }
    }
    Cow::Owned(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn set(name: &str, value: &str) -> Vec<(String, String)> {
        vec![(name.to_owned(), value.to_owned())]
    }

    #[test]
    fn an_environment_is_shown_by_its_names() {
        let given = "DATABASE_URL=postgres://u:p,w@h/db,DEBUG=1,NAME=a=b";
        let masked = "DATABASE_URL=[redacted],DEBUG=[redacted],NAME=[redacted]";
        for name in ["env", "build-env", "anything"] {
            let masks = masks(&set(name, given));
            assert_eq!(masks, [(given.to_owned(), masked.to_owned())], "{name}");
        }
        assert_eq!(masks(&set("env", "debug=1"))[0].1, "debug=[redacted]");
        for value in ["shop.main", "a=b", "https://host/?A=b", ""] {
            assert_eq!(masks(&set("entry", value)), [], "{value}");
        }
    }

    #[test]
    fn what_is_secret_in_an_environment_is_hidden_and_ordinary_words_are_not() {
        let hidden = |value: &str| secrets(&set("env", value));
        for value in [
            "TOKEN=ordinary",
            "django_secret_key=words",
            "X=sk-live-51Hx9Kd2",
            "X=0123456789abcdef",
            "X=p@ss",
        ] {
            let (_, secret) = value.split_once('=').expect("a pair");
            assert_eq!(hidden(value), [secret], "{value}");
        }
        for value in [
            "DEBUG=true",
            "USE_AUTH=false",
            "DJANGO_SETTINGS_MODULE=shop.settings.production",
            "REDIS_URL=redis://localhost:6379/0",
            "PYTHON=python3.12",
            "PORT=8080",
            "X=",
        ] {
            assert_eq!(hidden(value), [] as [&str; 0], "{value}");
        }
    }

    #[test]
    fn users_and_passwords_of_addresses_are_hidden_in_every_parameter() {
        let hidden = |value: &str| secrets(&set("base", value));
        assert_eq!(hidden("postgres://u:pw@h/db"), ["pw", "u:pw"]);
        assert_eq!(hidden("redis://:pw@h/0"), ["//:pw", "pw"]);
        assert_eq!(hidden("x https://a:b/c@d@h/x y"), ["a:b/c@d", "b/c@d"]);
        assert_eq!(hidden("https://a:p%40s@h"), ["a:p%40s", "p%40s", "p@s"]);
        assert_eq!(hidden("https://ghp_0a1b2c3d4e@h/x"), ["ghp_0a1b2c3d4e"]);
        for plain in ["https://h/x", "https://h:80/x", "ssh://git@h/x", "a:b@c"] {
            assert_eq!(hidden(plain), [] as [&str; 0], "{plain}");
        }
    }

    proptest! {
        #[test]
        fn any_value_is_read_without_panic(name in "[a-z]{0,3}|env", value in "\\PC{0,60}|(A=[%:/@,0-9a-z]{0,9},?){0,4}") {
            let given = set(&name, &value);
            let _ = masks(&given);
            for secret in secrets(&given) {
                prop_assert!(!secret.is_empty());
            }
        }
    }
}
