//! Which known name a mistyped one may have meant. Knows names only.

/// The known name nearest to `written`, if one is near enough to be a slip of the hand: a distance of at most a third
/// of its length.
pub(crate) fn nearest<'a>(
    written: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    known
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(written, name), name))
        .filter(|(distance, name)| *distance <= name.chars().count().div_ceil(3))
        .min()
        .map(|(_, name)| name)
}

/// The end of an error message: `; did you mean X?`, else the list of what exists, else nothing.
pub(crate) fn hint<'a>(written: &str, known: impl IntoIterator<Item = &'a str> + Clone) -> String {
    if let Some(name) = nearest(written, known.clone()) {
        return format!("; did you mean `{name}`?");
    }
    let known: Vec<&str> = known.into_iter().collect();
    if known.is_empty() {
        String::new()
    } else {
        format!("; known: {}", known.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_named_and_a_stranger_gets_the_list() {
        let known = ["image", "entry", "python"];
        assert_eq!(hint("imgae", known), "; did you mean `image`?");
        assert_eq!(hint("zzz", known), "; known: image, entry, python");
        assert_eq!(hint("zzz", []), "");
    }
}
