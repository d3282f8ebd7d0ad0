//! Waivers of a repository's settings that waive nothing: those whose path fits no file, and those that are unneeded or past their end, taken out of
//! the file.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use perfctl_core::finding::Finding;
use perfctl_core::fix::Safety;
use perfctl_core::place::Place;
use perfctl_engine::judge::silence::{Astray, SUPPRESS, Scope};
use perfctl_fix::{Applied, Changed, Outcome};
use perfctl_wire::settings::{self, Level};

use crate::nearest_path::{any_file, nearest_path};
use crate::own::SETTINGS;
use crate::rewrite;

/// How a finding begins about a waiver that is not needed, or whose last day is past; others are for somebody to decide.
const UNUSED: [&str; 2] = ["this waiver is not needed", "this waiver held until"];

/// That no file of the repository at `root` fits `path` of a waiver of its own settings, with the path that may have been meant.
pub(crate) fn astray(root: &Path, path: &str) -> Option<Astray> {
    let path = path.trim_start_matches("./").trim_start_matches('/');
    let is_literal = |part: &&str| !part.contains(['*', '?', '[', '{', '\\']);
    let literal: Vec<&str> = path.split('/').take_while(is_literal).collect();
    let literal = literal.join("/");
    let fits = |path: &str, below: &str| {
        let scope = Scope::new(path).ok();
        // What cannot be read as a path is said elsewhere.
        root.join(path).exists()
            || scope.is_none_or(|scope| any_file(root, below, |file| scope.holds(file)))
    };
    if fits(path, &literal) {
        return None;
    }
    // Only what is no pattern can be compared with what is there.
    let pattern = path.strip_prefix(&literal).unwrap_or_default();
    let near = nearest_path(root, literal.trim_end_matches('/'))
        .map(|below| (format!("{below}{pattern}"), below))
        .filter(|(near, below)| fits(near, below));
    Some(Astray {
        near: near.map(|(near, _)| near),
    })
}

/// Adds to `outcome` that the waivers of the settings at `root` are gone which the `wanted` ones of the findings of a scan call unused
/// or over.
///
/// # Errors
/// Why the settings are not written, as the end of a sentence.
pub(crate) fn take_out(
    root: &Path,
    findings: &[Finding],
    wanted: &[usize],
    outcome: &mut Outcome,
) -> Result<(), String> {
    let is_unused = |at: &&usize| {
        let finding = &findings[**at];
        is_of_waiver(finding)
            && UNUSED
                .iter()
                .any(|begin| finding.message.starts_with(begin))
    };
    let unused: Vec<usize> = wanted.iter().filter(is_unused).copied().collect();
    if unused.is_empty() {
        return Ok(());
    }
    let before = rewrite::text_of(root, SETTINGS)?;
    let places: Vec<&Place> = unused.iter().map(|at| &findings[*at].place).collect();
    let layer = settings::read(SETTINGS, &before, Level::Repository)
        .map_err(|faults| faults.to_string())?;
    let gone: Vec<usize> = (0..layer.waivers.len())
        .filter(|at| places.contains(&&layer.waivers[*at].value.place))
        .collect();
    if gone.len() != unused.len() {
        return Err("it changed while it was looked at".to_owned());
    }
    let after: Arc<str> = settings::without_waivers(SETTINGS, &before, &gone)
        .map_err(|faults| faults.to_string())?
        .into();
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

/// Whether a finding speaks of a waiver of the repository's settings.
fn is_of_waiver(finding: &Finding) -> bool {
    finding.rule.as_str() == SUPPRESS && &*finding.place.path == SETTINGS
}

/// Where the waivers stood that `outcome` takes out.
pub(crate) fn taken_out<'f>(findings: &'f [Finding], outcome: &Outcome) -> Vec<&'f Place> {
    let applied = outcome.applied.iter();
    let mended = applied.map(|applied| &findings[applied.finding]);
    let of_waivers = mended.filter(|finding| is_of_waiver(finding));
    of_waivers.map(|finding| &finding.place).collect()
}
