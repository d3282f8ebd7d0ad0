//! Waivers of a repository's settings that waive nothing any more, taken out of the file.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use perfctl_core::finding::Finding;
use perfctl_core::fix::Safety;
use perfctl_engine::judge::silence::SUPPRESS;
use perfctl_fix::{Applied, Changed, Outcome};

use crate::error::CommandError;
use crate::own::SETTINGS;
use crate::rewrite;

/// How a finding about a waiver that is not needed begins; others are for somebody to decide.
const UNUSED: &str = "this waiver is not needed";

/// Adds to `outcome` that the waivers of the settings at `root` are gone which the findings of a scan call unused.
///
/// # Errors
/// When the settings may not be written.
pub(crate) fn take_out(
    root: &Path,
    findings: &[Finding],
    outcome: &mut Outcome,
) -> Result<(), CommandError> {
    let unused: Vec<usize> = (0..findings.len())
        .filter(|at| {
            let finding = &findings[*at];
            finding.rule.as_str() == SUPPRESS
                && &*finding.place.path == SETTINGS
                && finding.message.starts_with(UNUSED)
        })
        .collect();
    if unused.is_empty() {
        return Ok(());
    }
    let before = rewrite::text_of(root, SETTINGS)
        .map_err(|why| CommandError::usage(format!("{SETTINGS} is not written: {why}")))?;
    let lines: Vec<(usize, usize)> = unused
        .iter()
        .map(|at| {
            let place = &findings[*at].place;
            (place.start.line as usize, place.end.line as usize)
        })
        .collect();
    let after: Arc<str> = without(&before, &lines).into();
    let path: Arc<str> = SETTINGS.into();
    for at in unused {
        outcome.left.retain(|(other, _)| *other != at);
        outcome.applied.push(Applied {
            finding: at,
            title: "take the waiver out".to_owned(),
            safety: Safety::Safe,
            paths: BTreeSet::from([path.clone()]),
            round: outcome.rounds.max(1),
        });
    }
    outcome.files.push(Changed {
        path,
        before,
        after,
    });
    outcome
        .files
        .sort_by(|left, right| left.path.cmp(&right.path));
    Ok(())
}

/// `text` without tables that stand on `tables` (first and last line, from 1), the comments directly above them, and the blank lines
/// that parted them from what stands before.
fn without(text: &str, tables: &[(usize, usize)]) -> String {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let mut gone = vec![false; lines.len()];
    for (first, last) in tables {
        let mut first = first.saturating_sub(1);
        while first > 0 && lines[first - 1].trim_start().starts_with('#') {
            first -= 1;
        }
        // A comment at the head of the file speaks of the file.
        if first == 0 {
            while lines
                .get(first)
                .is_some_and(|line| line.trim_start().starts_with('#'))
            {
                first += 1;
            }
        }
        while first > 0 && lines[first - 1].trim().is_empty() {
            first -= 1;
        }
        for at in first..(*last).min(lines.len()) {
            gone[at] = true;
        }
    }
    let kept = lines.iter().zip(&gone).filter(|(_, gone)| !**gone);
    let text: String = kept.map(|(line, _)| *line).collect();
    // What stood behind a table at the top is now the top.
    match gone.first() {
        Some(true) => text.trim_start_matches(['\r', '\n']).to_owned(),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_goes_with_what_is_said_above_it() {
        let text = "schema = \"perfctl.settings/1\"\n\n# Old.\n[[waive]]\nrule = \"A-1\"\npath = \"a\"\n\n[[waive]]\nrule = \"B-2\"\npath = \"b\"\n";
        assert_eq!(
            without(text, &[(4, 6)]),
            "schema = \"perfctl.settings/1\"\n\n[[waive]]\nrule = \"B-2\"\npath = \"b\"\n"
        );
        assert_eq!(
            without(text, &[(8, 10)]),
            "schema = \"perfctl.settings/1\"\n\n# Old.\n[[waive]]\nrule = \"A-1\"\npath = \"a\"\n"
        );
        assert_eq!(
            without(text, &[(4, 6), (8, 10)]),
            "schema = \"perfctl.settings/1\"\n"
        );
        assert_eq!(
            without("# About us.\n[[waive]]\nx = 1\n", &[(2, 3)]),
            "# About us.\n"
        );
    }
}
