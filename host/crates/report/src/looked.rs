//! What was looked at where nothing was found: a pass over forty handlers is another thing than one over none. Must not know any format.

use perfctl_core::run::RunRecord;
use perfctl_core::verdict::{Item, Verdict};

use crate::select;
use crate::summary::count;

/// What the rule of an item that passed was handed, as a phrase: `14 places in 6 files looked at`. Empty where nobody knows, and where
/// another verdict says more.
pub(crate) fn phrase(record: &RunRecord, item: &Item) -> String {
    let Some(looked) = item.looked_at.filter(|_| item.verdict == Verdict::Pass) else {
        return String::new();
    };
    let number = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
    if looked.places > 0 {
        let places = count(number(looked.places), "place", "places");
        return format!(
            "{places} in {} looked at",
            count(number(looked.files), "file", "files")
        );
    }
    let files = files(record, item);
    match files.is_empty() {
        // Such a rule judges the repository as a whole: that it saw no place says nothing about what it passed for.
        true => String::new(),
        false => format!("no place to look at closer in {}", files.join(", ")),
    }
}

/// The files of the languages that the rule of an item reads: `61 files of javascript`.
pub(crate) fn files(record: &RunRecord, item: &Item) -> Vec<String> {
    let rule = select::rule_of(record, &item.id);
    let languages = rule.map_or(&[][..], |rule| &rule.languages);
    let shares = record.portrait.languages.iter();
    shares
        .filter(|share| languages.contains(&share.language))
        .map(|share| count(share.files, "file", "files") + " of " + &share.language)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;
    use perfctl_core::verdict::LookedAt;

    #[test]
    fn a_pass_says_what_was_looked_at_and_a_failure_says_what_was_found() {
        let mut record = fixture::clean();
        record.portrait = fixture::rich().portrait;
        let said = |record: &RunRecord, looked: Option<LookedAt>| {
            let passed = |item: &&Item| item.verdict == Verdict::Pass;
            let mut item = record.items.iter().find(passed).expect("one").clone();
            item.looked_at = looked;
            phrase(record, &item)
        };
        let some = |places, files| Some(LookedAt { places, files });
        assert_eq!(said(&record, some(14, 6)), "14 places in 6 files looked at");
        assert_eq!(said(&record, some(1, 1)), "1 place in 1 file looked at");
        assert_eq!(
            said(&record, some(0, 0)),
            "no place to look at closer in 58 files of python"
        );
        assert_eq!(said(&record, None), "");
        for rule in &mut record.rules {
            rule.languages.clear();
        }
        assert_eq!(said(&record, some(0, 0)), "");
        let mut failed = record.items[0].clone();
        (failed.verdict, failed.looked_at) = (Verdict::Fail, some(14, 6));
        assert_eq!(phrase(&record, &failed), "");
    }
}
