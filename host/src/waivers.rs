//! Waivers of a repository's settings that waive nothing any more, taken out of the file.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use perfctl_core::finding::Finding;
use perfctl_core::fix::Safety;
use perfctl_core::place::Place;
use perfctl_engine::judge::silence::SUPPRESS;
use perfctl_fix::{Applied, Changed, Outcome};
use perfctl_wire::settings::{self, Level};

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
    let places: Vec<&Place> = unused.iter().map(|at| &findings[*at].place).collect();
    let layer = settings::read(SETTINGS, &before, Level::Repository)?;
    let gone: Vec<usize> = (0..layer.waivers.len())
        .filter(|at| places.contains(&&layer.waivers[*at].value.place))
        .collect();
    if gone.len() != unused.len() {
        let message = format!("{SETTINGS} is not written: it changed while it was looked at");
        return Err(CommandError::usage(message));
    }
    let after: Arc<str> = settings::without_waivers(SETTINGS, &before, &gone)?.into();
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
