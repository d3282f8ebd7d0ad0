//! "Did you mean": the known word nearest to a mistyped one.

/// Longer words are not typing errors, and comparing them costs the product of both lengths.
const MAX_LENGTH: usize = 64;

/// Most known words that are worth listing when none is near.
const MAX_LISTED: usize = 16;

/// The known word nearest to `written`, if one is near enough to be meant: at most a third of the letters differ,
/// with case and the difference between `-` and `_` not counted.
pub fn nearest<'k>(written: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    if written.len() > MAX_LENGTH {
        return None;
    }
    let folded = fold(written);
    known
        .into_iter()
        .filter(|word| word.len() <= MAX_LENGTH && *word != written)
        .map(|word| (strsim::damerau_levenshtein(&folded, &fold(word)), word))
        .filter(|(distance, word)| {
            *distance <= (word.chars().count().max(folded.chars().count()) / 3).max(1)
        })
        .filter(|(distance, word)| *distance < word.chars().count().min(folded.chars().count()))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}

/// The advice for an unknown word: the nearest known one, else all of them if they are few. `None` when there is
/// nothing to say.
pub fn advise<'k>(
    written: &str,
    known: impl IntoIterator<Item = &'k str> + Clone,
) -> Option<String> {
    if let Some(near) = nearest(written, known.clone()) {
        return Some(format!("did you mean `{near}`?"));
    }
    let all: Vec<&str> = known.into_iter().collect();
    match all.as_slice() {
        [] => None,
        [only] => Some(format!("only `{only}` is known here")),
        list if list.len() <= MAX_LISTED => Some(format!("known here: {}", list.join(", "))),
        list => Some(format!(
            "known here: {}, and {} more",
            list[..MAX_LISTED].join(", "),
            list.len() - MAX_LISTED
        )),
    }
}

fn fold(word: &str) -> String {
    word.to_lowercase().replace('_', "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_the_finger_are_recognised_and_other_words_are_not() {
        let known = ["timeout", "title", "max_file_size", "id"];
        assert_eq!(nearest("tiemout", known), Some("timeout"));
        assert_eq!(nearest("Max-File-Size", known), Some("max_file_size"));
        assert_eq!(nearest("titel", known), Some("title"));
        assert_eq!(nearest("budget", known), None);
        assert_eq!(nearest("xy", known), None);
        assert_eq!(nearest(&"t".repeat(10_000), known), None);
    }

    #[test]
    fn a_short_list_is_shown_when_nothing_is_near() {
        assert_eq!(
            advise("zzz", ["a", "b"]).as_deref(),
            Some("known here: a, b")
        );
        assert_eq!(
            advise("zzz", ["a"]).as_deref(),
            Some("only `a` is known here")
        );
        assert_eq!(advise("zzz", []), None);
    }
}
