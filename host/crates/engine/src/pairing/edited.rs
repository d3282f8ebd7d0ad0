//! Findings that a change has altered and not brought: the code of one was edited, or moved into another function of its file, and the
//! rule still finds it there. Pure.
//!
//! Only what nothing else pairs is looked at, so that a copy of code that is there still is new. A finding that became graver or
//! surer by the edit is new, too: that is what the change did.

use std::collections::{BTreeMap, BTreeSet};

use perfctl_core::finding::Finding;
use perfctl_core::moves::Moves;

use crate::judge::fingerprint;

/// Most pairs of one rule in one file that are compared by their words; a generated file with more is left alone.
const MOST: usize = 1 << 14;

/// Most findings that went from one function among which a graver one is looked for.
const MOST_GONE: usize = 1 << 7;

/// Hundredths of the words of two pieces of code that have to be the same, where nothing else says that one comes from the other.
const ALIKE: usize = 50;

/// The same of the lines around equal code in two functions: `commit()` is written everywhere.
const ALIKE_AROUND: usize = 60;

/// Pairs (place in `before`, place in `after`) among findings that are still alone: those of `before` in `earlier`, those of
/// `after` in `later`.
pub(super) fn pairs(
    before: &[Finding],
    earlier: &[usize],
    after: &[Finding],
    later: &[usize],
    moves: &Moves,
) -> Vec<(usize, usize)> {
    // By rule and file, as it was called before.
    let mut groups: BTreeMap<(&str, &str), [Vec<usize>; 2]> = BTreeMap::new();
    for at in earlier {
        let finding = &before[*at];
        let what = (finding.rule.as_str(), &*finding.place.path);
        groups.entry(what).or_default()[0].push(*at);
    }
    for at in later {
        let finding = &after[*at];
        let path = moves.before(&finding.place.path);
        let group = path.and_then(|path| groups.get_mut(&(finding.rule.as_str(), path)));
        if let Some(group) = group {
            group[1].push(*at);
        }
    }
    let mut pairs = Vec::new();
    for [earlier, later] in groups.into_values() {
        if earlier.len().saturating_mul(later.len()) <= MOST {
            in_one_file(before, earlier, after, later, &mut pairs);
        }
    }
    pairs
}

/// Pairs of one rule in one file: first the same code in another function, then other code in the same one.
fn in_one_file(
    before: &[Finding],
    earlier: Vec<usize>,
    after: &[Finding],
    later: Vec<usize>,
    pairs: &mut Vec<(usize, usize)>,
) {
    let mut left = [in_order(before, earlier), in_order(after, later)];
    let code = [(before, &left[0]), (after, &left[1])].map(|(all, which)| {
        let code = which.iter().map(|at| (*at, fingerprint::code(&all[*at])));
        code.collect::<BTreeMap<usize, String>>()
    });
    // Every finding of one side meets every one of the other: its words are counted once.
    let lines = [(before, &left[0]), (after, &left[1])].map(|(all, which)| {
        let lines = which.iter();
        let lines = lines.map(|at| (*at, Words::of(&all[*at].excerpt.text)));
        lines.collect::<BTreeMap<usize, Words<'_>>>()
    });
    let fits = |was: usize, is: usize| {
        let (was, is) = (&before[was], &after[is]);
        is.severity <= was.severity && is.confidence <= was.confidence
    };
    take(&mut left, pairs, |[was, is]| {
        let around = || lines[0][&was].likeness(&lines[1][&is]);
        let is_same = fits(was, is) && code[0][&was] == code[1][&is];
        let around = is_same.then(around)?;
        (around >= ALIKE_AROUND).then_some(100 - around)
    });
    let words = [0, 1].map(|side| {
        let words = left[side].iter();
        let words = words.map(|at| (*at, Words::of(&code[side][at])));
        words.collect::<BTreeMap<usize, Words<'_>>>()
    });
    // In a function that holds no more of them than before, nothing has come. Where more are there, or where what they stand in has
    // no name, only likeness tells which came from which.
    let mut count: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
    left[0]
        .iter()
        .for_each(|at| count.entry(&before[*at].symbol).or_default()[0] += 1);
    left[1]
        .iter()
        .for_each(|at| count.entry(&after[*at].symbol).or_default()[1] += 1);
    take(&mut left, pairs, |[was, is]| {
        let symbol = after[is].symbol.as_str();
        if before[was].symbol != symbol || !fits(was, is) {
            return None;
        }
        let shared = words[0][&was].likeness(&words[1][&is]);
        let [was, is] = count[symbol];
        (shared >= ALIKE || (!symbol.is_empty() && is <= was)).then_some(100 - shared)
    });
}

/// Whether each of `after` is what is left where a graver finding of another rule was mended: a call that waited for ever has a limit now,
/// and the limit is a long one. `former` pairs both runs; what it pairs is neither gone nor left.
///
/// `is_mended` says of a finding that is gone, and of where its file lies now, that it was open and that its rule looked there again: what
/// was allowed, or was not looked for, is not mended. One that is surer than the graver one was is new: nobody was as sure of that.
pub(crate) fn left_of_graver(
    before: &[Finding],
    after: &[Finding],
    former: &[Option<usize>],
    moves: &Moves,
    is_mended: impl Fn(&Finding, &str) -> bool,
) -> Vec<bool> {
    let there: BTreeSet<usize> = former.iter().flatten().copied().collect();
    let code: BTreeMap<usize, String> = (0..before.len())
        .filter(|at| !there.contains(at))
        .map(|at| (at, fingerprint::code(&before[at])))
        .collect();
    let mut gone: BTreeMap<(&str, &str), Vec<(usize, Words<'_>)>> = BTreeMap::new();
    for (at, code) in &code {
        let finding = &before[*at];
        let what = (&*finding.place.path, finding.symbol.as_str());
        let gone = gone.entry(what).or_default();
        gone.push((*at, Words::of(code)));
    }
    // One that went excuses no more than one of a rule.
    let mut excused: BTreeSet<(usize, &str)> = BTreeSet::new();
    let mut left = vec![false; after.len()];
    for (at, finding) in after.iter().enumerate() {
        let now = &*finding.place.path;
        let path = moves.before(now);
        let gone = path.and_then(|path| gone.get(&(path, finding.symbol.as_str())));
        let Some(gone) = gone.filter(|gone| former[at].is_none() && gone.len() <= MOST_GONE) else {
            continue;
        };
        let (rule, code) = (&finding.rule, fingerprint::code(finding));
        let code = Words::of(&code);
        let own = gone.iter().find(|(was, words)| {
            let graver = &before[*was];
            graver.rule != *rule
                && graver.severity > finding.severity
                && graver.confidence >= finding.confidence
                && !excused.contains(&(*was, rule.as_str()))
                && words.likeness(&code) >= ALIKE
                && is_mended(graver, now)
        });
        if let Some((was, _)) = own {
            excused.insert((*was, rule.as_str()));
            left[at] = true;
        }
    }
    left
}

/// Findings in the order of their file.
fn in_order(findings: &[Finding], mut which: Vec<usize>) -> Vec<usize> {
    which.sort_by_key(|at| (findings[*at].place.start, findings[*at].place.end, *at));
    which
}

/// Takes pairs out of what is `left`, those that are furthest apart last.
fn take(
    left: &mut [Vec<usize>; 2],
    pairs: &mut Vec<(usize, usize)>,
    distance: impl Fn([usize; 2]) -> Option<usize>,
) {
    let mut near: Vec<(usize, usize, usize)> = Vec::new();
    for was in &left[0] {
        let of = left[1].iter();
        near.extend(of.filter_map(|is| Some((distance([*was, *is])?, *was, *is))));
    }
    // Of equal distances the order of the files decides.
    near.sort_by_key(|(distance, _, _)| *distance);
    for (_, was, is) in near {
        if left[0].contains(&was) && left[1].contains(&is) {
            left[0].retain(|at| *at != was);
            left[1].retain(|at| *at != is);
            pairs.push((was, is));
        }
    }
}

/// How often each word stands in a piece of code.
struct Words<'t> {
    counts: BTreeMap<&'t str, usize>,
    /// The number of words.
    all: usize,
}

impl<'t> Words<'t> {
    fn of(text: &'t str) -> Self {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        let words = text.split(|c: char| !(c.is_alphanumeric() || c == '_'));
        for word in words.filter(|word| !word.is_empty()) {
            *counts.entry(word).or_default() += 1;
        }
        let all = counts.values().sum();
        Self { counts, all }
    }

    /// How many hundredths of the words of two pieces of code are in both.
    fn likeness(&self, other: &Self) -> usize {
        let shared = self.counts.iter().map(|(word, count)| {
            let there = other.counts.get(word).copied().unwrap_or_default();
            there.min(*count)
        });
        (200 * shared.sum::<usize>())
            .checked_div(self.all + other.all)
            .unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use perfctl_core::place::ByteSpan;
    use perfctl_core::scale::{Confidence, Severity};

    use super::*;
    use crate::fakes;
    use crate::pairing::pair;

    /// A finding of NET-1 for each line of `a.py`, in the function that is named before its colon.
    fn found(lines: &[&str]) -> Vec<Finding> {
        let source: String = lines.iter().map(|line| format!("{line}\n")).collect();
        let mut all = Vec::new();
        for line in lines {
            let (symbol, code) = line.split_once(": ").expect("a symbol");
            let at = source.find(line).expect("a line") + symbol.len() + 2;
            let span = ByteSpan::new(at as u32, (at + code.len()) as u32);
            let mut finding = fakes::finding_at(&source, span, "NET-1", "a.py");
            finding.symbol = symbol.to_owned();
            all.push(finding);
        }
        fingerprint::assign(&mut all);
        all
    }

    fn paired(before: &[&str], after: &[&str]) -> Vec<Option<usize>> {
        pair(&found(before), &found(after), &Moves::default())
    }

    #[test]
    fn code_that_was_edited_in_its_function_brings_nothing() {
        let before = ["f: get(url)", "g: post(url)"];
        let after = ["f: get(url, verify=False)", "g: send(other, body)"];
        assert_eq!(paired(&before, &after), [Some(0), Some(1)]);
    }

    #[test]
    fn of_more_than_there_were_the_one_that_is_not_alike_has_come() {
        let before = ["f: get(url, params)"];
        let after = ["f: post(body)", "f: get(url, params, verify=False)"];
        assert_eq!(paired(&before, &after), [None, Some(0)]);
        // What was fixed does not pay for what came elsewhere.
        let before = ["f: get(url)", "g: get(url)"];
        assert_eq!(paired(&before, &["g: get(url)", "h: get(uri)"])[1], None);
    }

    #[test]
    fn code_that_went_into_another_function_is_the_same_and_a_copy_is_not() {
        assert_eq!(paired(&["f: get(url)"], &["g: get(url)"]), [Some(0)]);
        let copied = ["f: get(url)", "g: get(url)"];
        assert_eq!(paired(&["f: get(url)"], &copied), [Some(0), None]);
        let committed = |symbol: &str, around: &str| {
            let mut commits = found(&["f: commit()"]);
            commits[0].symbol = symbol.to_owned();
            commits[0].excerpt.text = format!("f: commit()\n{around}\n");
            commits[0].fingerprint.clear();
            fingerprint::assign(&mut commits);
            commits
        };
        let none = Moves::default();
        let before = committed("save", "send(order, price)");
        let moved = committed("store", "send(order, price)");
        assert_eq!(pair(&before, &moved, &none), [Some(0)]);
        let elsewhere = committed("count", "log(shelves.count())");
        assert_eq!(pair(&before, &elsewhere, &none), [None]);
    }

    #[test]
    fn outside_of_functions_only_what_is_alike_is_the_same() {
        assert_eq!(paired(&[": FROM a:1"], &[": FROM a:2"]), [Some(0)]);
        assert_eq!(paired(&[": limit(a, b)"], &[": memory(c)"]), [None]);
    }

    #[test]
    fn what_is_left_where_a_graver_one_was_mended_has_not_come() {
        let before = found(&["f: get(url)", "g: get(uri)"]);
        let mut after = found(&[
            "f: get(url, timeout=60)",
            "f: get(url, timeout=70)",
            "h: get(uri)",
        ]);
        for finding in &mut after {
            finding.rule = "NET-2".into();
            finding.severity = Severity::Low;
        }
        let moves = Moves::default();
        let left = |before: &[Finding], after: &[Finding]| {
            let former = pair(before, after, &moves);
            left_of_graver(before, after, &former, &moves, |_, _| true)
        };
        assert!(before[0].severity > Severity::Low);
        assert_eq!(left(&before, &after), [true, false, false]);
        // What is there still was not mended.
        let mut both = found(&["f: get(url)"]);
        both.push(after[0].clone());
        assert_eq!(left(&before, &both), [false, false]);
        // Nobody was as sure of what went.
        let mut doubted = before.clone();
        doubted[0].confidence = Confidence::Low;
        assert_eq!(left(&doubted, &after[..1]), [false]);
        let former = pair(&before, &after[..1], &moves);
        let unmended = left_of_graver(&before, &after[..1], &former, &moves, |graver, now| {
            assert_eq!((graver.rule.as_str(), now), ("NET-1", "a.py"));
            false
        });
        assert_eq!(unmended, [false]);
        after[0].severity = before[0].severity;
        assert_eq!(left(&before, &after[..1]), [false]);
    }

    #[test]
    fn what_an_edit_made_graver_or_surer_has_come() {
        let before = found(&["f: get(url)"]);
        let none = Moves::default();
        let mut graver = found(&["f: get(url, 1)"]);
        graver[0].severity = Severity::Critical;
        assert!(graver[0].severity > before[0].severity);
        assert_eq!(pair(&before, &graver, &none), [None]);
        let mut doubted = before.clone();
        doubted[0].confidence = Confidence::Low;
        let surer = found(&["f: get(url, 1)"]);
        assert_eq!(pair(&doubted, &surer, &none), [None]);
        assert_eq!(pair(&before, &surer, &none), [Some(0)]);
    }
}
