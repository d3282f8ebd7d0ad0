//! The history of findings as people read it: since when one is there, and what was identified and fixed.

use perfctl_core::finding::Finding;
use perfctl_core::history::{Known, Sighting};
use perfctl_core::run::RunRecord;
use perfctl_core::seams::View;

use crate::select::counts;
use crate::summary::count;
use crate::terminal::paint::Paint;
use crate::terminal::wrap;
use crate::{moment, neutral};

/// Most findings that a line names; more are counted.
const MOST_NAMED: usize = 5;

/// Characters of a commit that tell it apart.
const SHORT: usize = 10;

/// The day of a sighting.
pub(crate) fn day(sighting: &Sighting) -> String {
    moment::utc(sighting.at_ms)[..10].to_owned()
}

/// The commit of a sighting, short; `None` outside of git and with uncommitted changes.
pub(crate) fn short_commit(sighting: &Sighting) -> Option<String> {
    let commit = sighting.commit.as_deref()?;
    Some(neutral::line(commit).chars().take(SHORT).collect())
}

fn when(sighting: &Sighting) -> String {
    match short_commit(sighting) {
        Some(commit) => format!("{} at {commit}", day(sighting)),
        None => day(sighting),
    }
}

/// What is known of a finding of a record.
pub(crate) fn known<'r>(record: &'r RunRecord, finding: &Finding) -> Option<&'r Known> {
    record.history.as_ref()?.of(&finding.fingerprint)
}

/// Since when a finding is there, and whether it came back; `None` for one that this run saw first.
pub(crate) fn since(record: &RunRecord, finding: &Finding) -> Option<String> {
    let known = known(record, finding)?;
    if known.first.run == record.id {
        return None;
    }
    let mut text = format!("first seen {}", when(&known.first));
    if let Some(back) = &known.came_back {
        text.push_str(&format!(", was gone, came back {}", when(back)));
    }
    Some(text)
}

/// Whether a finding is there again after it was gone: what mended it did not last.
pub(crate) fn came_back(record: &RunRecord, finding: &Finding) -> bool {
    known(record, finding).is_some_and(|known| known.came_back.is_some())
}

/// How many findings that count this run is the first to see again after they were gone.
pub(crate) fn back_since_this_run(record: &RunRecord) -> usize {
    let counting = record.findings.iter();
    let counting = counting.filter(|finding| counts(finding, record.least));
    let is_back = |finding: &&Finding| {
        let back = known(record, finding).and_then(|known| known.came_back.as_ref());
        back.is_some_and(|back| back.run == record.id)
    };
    counting.filter(is_back).count()
}

/// In which commit one that is gone was fixed, as a phrase.
fn fixed_in(fixed: &Sighting) -> String {
    match short_commit(fixed) {
        Some(commit) => format!("fixed in {commit}"),
        None => "fixed without a commit".to_owned(),
    }
}

/// What this run is the first not to find any more, in a line or two; empty without any.
pub(crate) fn fixed_by_this_run(record: &RunRecord, view: &View) -> String {
    let gone = record.history.iter().flat_map(|history| &history.fixed);
    let is_new = |one: &&Known| {
        let fixed = one.fixed.as_ref();
        fixed.is_some_and(|fixed| fixed.run == record.id)
    };
    let gone: Vec<&Known> = gone.filter(is_new).collect();
    let Some(first) = gone.first() else {
        return String::new();
    };
    let paint = Paint {
        colour: view.colour,
    };
    // Runs of single steps, rules or paths may have seen them at different times, and later ones may not have looked there.
    let since = match gone.iter().all(|one| one.last.run == first.last.run) {
        true => {
            let them = if gone.len() == 1 { "it" } else { "them" };
            format!("the run that last saw {them} ({})", when(&first.last))
        }
        false => "the runs that last saw them".to_owned(),
    };
    let mut named: Vec<String> = gone
        .iter()
        .take(MOST_NAMED)
        .map(|one| {
            let (rule, path) = (neutral::line(one.rule.as_str()), neutral::line(&one.path));
            format!("{rule} {path}:{}", one.line)
        })
        .collect();
    let more = gone.len().saturating_sub(MOST_NAMED);
    if more > 0 {
        named.push(format!("and {more} more"));
    }
    let head = format!("{} fixed", gone.len());
    let line = format!("{head} since {since}: {} (-v says more)", named.join(", "));
    let wrapped = wrap::hanging(&line, view.width, "  ");
    format!("{}\n", wrapped.replacen(&head, &paint.heading(&head), 1))
}

/// What was identified and fixed; empty without any.
pub(crate) fn section(record: &RunRecord, view: &View) -> String {
    let Some(history) = record.history.as_ref().filter(|one| !one.fixed.is_empty()) else {
        return String::new();
    };
    let paint = Paint {
        colour: view.colour,
    };
    let mut out = format!("{}\n", paint.heading("Identified and fixed"));
    let gone = history.fixed.iter();
    for (one, fixed) in gone.filter_map(|one| Some((one, one.fixed.as_ref()?))) {
        let line = format!(
            "{} {}:{}: first seen {}, {}, verified {} by run {}",
            neutral::line(one.rule.as_str()),
            neutral::line(&one.path),
            one.line,
            when(&one.first),
            fixed_in(fixed),
            day(fixed),
            neutral::line(fixed.run.as_str())
        );
        let wrapped = wrap::hanging(&line, view.width.saturating_sub(2), "    ");
        out.push_str(&format!("  {}\n", wrapped.replace('\n', "\n  ")));
    }
    let more = history.fixed_in_all.saturating_sub(history.fixed.len());
    if more > 0 {
        out.push_str(&format!(
            "  {} of earlier runs\n",
            count(more, "more", "more")
        ));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    #[test]
    fn one_that_this_run_saw_first_has_no_history_and_one_that_came_back_says_so() {
        let mut record = fixture::rich();
        let finding = record.findings[0].clone();
        let said = since(&record, &finding).expect("it is known");
        assert_eq!(
            said,
            "first seen 2026-10-02 at 1fc2d0d9aa, was gone, came back 2026-11-21 at 3f9a2c41d0"
        );
        let run = record.id.clone();
        let history = record.history.as_mut().expect("kept");
        history
            .open
            .iter_mut()
            .for_each(|one| one.first.run = run.clone());
        assert_eq!(since(&record, &finding), None);
        record.history = None;
        assert_eq!(since(&record, &finding), None);
        assert_eq!(section(&record, &View::default()), "");
    }

    #[test]
    fn what_this_run_does_not_find_any_more_is_told_and_what_was_gone_before_is_not() {
        let mut record = fixture::rich();
        assert_eq!(fixed_by_this_run(&record, &View::default()), "");
        let run = record.id.clone();
        let history = record.history.as_mut().expect("kept");
        let gone = &mut history.fixed[0];
        gone.fixed.as_mut().expect("it is gone").run = run.clone();
        gone.last = gone.first.clone();
        let said = fixed_by_this_run(&record, &View::default());
        assert_eq!(
            said,
            "1 fixed since the run that last saw it (2026-10-02 at 1fc2d0d9aa): CACHE-903 app/cache.py:9 (-v says more)\n"
        );
        let history = record.history.as_mut().expect("kept");
        let one = history.fixed[0].clone();
        history.fixed = vec![one; 7];
        history.fixed[6].last.run = run;
        let said = fixed_by_this_run(&record, &View::default());
        assert!(
            said.starts_with("7 fixed since the runs that last saw them: "),
            "{said}"
        );
        assert!(said.ends_with(", and 2 more (-v says more)\n"), "{said}");
    }

    #[test]
    fn what_is_gone_is_said_with_commit_and_run() {
        let said = section(&fixture::rich(), &View::default());
        assert!(
            said.contains(
                "CACHE-903 app/cache.py:9: first seen 2026-10-02 at 1fc2d0d9aa, fixed in 77aa01b2c3, verified 2026-11-02 by run \
                 20261102T080000Z-aa01"
            ),
            "{said}"
        );
        assert!(said.contains("  3 more of earlier runs\n"), "{said}");
    }
}
