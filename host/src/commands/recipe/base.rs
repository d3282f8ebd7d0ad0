//! `recipe run --base REF`: the same recipe on the commit where a branch began, so that only what is new since then counts.

use std::path::Path;

use perfctl_core::recipe::{Recipe, StepKind};
use perfctl_core::repository::Checkout;
use perfctl_engine::run::{Change, Parts, Request, run};
use perfctl_scan::walk::Excluded;
use perfctl_workspace::checkout::{
    Ancestry, CheckoutError, all_uncommitted, changed_since, merge_base, open_directory_at,
};
use perfctl_workspace::temp::RunDirectory;

use crate::adapters::{self, OutputDirectory};
use crate::baseline::Baseline;
use crate::commands::check::join;
use crate::error::CommandError;
use crate::own::{OWN, SETTINGS};
use crate::session::Session;
use crate::ui::Ui;
use crate::waivers::Tree;

/// What is known of the commit where a branch began.
pub(super) struct Base {
    /// Its run, which silences what was there already.
    pub(super) baseline: Baseline,
    /// What is held against it.
    pub(super) change: Change,
}

/// Runs the recipe of `request` on the merge base of `rev` and what is checked out. It writes no reports, and leaves
/// nothing but what the history knows from then on: what was there already was first seen there, and not on the branch.
pub(super) fn run_at(
    rev: &str,
    request: &Request<'_>,
    parts: &Parts<'_>,
    session: &Session,
    temp: &RunDirectory,
    ui: &Ui,
) -> Result<Base, CommandError> {
    let root = request.checkout.root();
    let commit = merge_base(root, rev).map_err(CommandError::usage)?;
    let files = changed_since(root, rev).map_err(CommandError::usage)?;
    let short = commit.get(..10).unwrap_or(&commit);
    ui.say(&format!(
        "first the same at {short}, where the branch began"
    ));
    let into = temp.path().join("base");
    let mut checkout = open_directory_at(root, &commit, &into, parts.sink, parts.stop)?;
    // It is the same repository, whatever its clone is called.
    let own = &request.checkout.source;
    checkout.source.name.clone_from(&own.name);
    checkout.source.origin.clone_from(&own.origin);
    // The clone knows only what led to it, and runs that were before may have looked at more.
    let lineage = Ancestry::behind(root, &commit);
    let parts = Parts {
        lineage: &lineage,
        ..*parts
    };
    let record = record_of(&checkout, request, &parts, session, temp)?;
    Ok(Base {
        baseline: Baseline::of(rev.to_owned(), record).followed(root),
        change: Change {
            reference: Some(rev.to_owned()),
            files: files.into_keys().collect(),
            uncommitted: heeded(
                all_uncommitted(root).unwrap_or_default(),
                &session.exclude()?,
            ),
            fail_on: session.loaded.settings.fail_on,
        },
    })
}

/// Those of `paths` on which the end of a run may depend. Nobody looks at what settings leave out, and the settings themselves decide.
fn heeded(mut paths: Vec<String>, excluded: &Excluded) -> Vec<String> {
    let is_own = |path: &str| Path::new(path).starts_with(OWN) || path == SETTINGS;
    paths.retain(|path| is_own(path) || !excluded.holds(path));
    paths
}

fn record_of(
    checkout: &Checkout,
    request: &Request<'_>,
    parts: &Parts<'_>,
    session: &Session,
    temp: &RunDirectory,
) -> Result<perfctl_core::run::RunRecord, CommandError> {
    let mut recipe: Recipe = request.recipe.clone();
    let is_report = |kind: &StepKind| matches!(kind, StepKind::Report { .. });
    recipe.steps.retain(|step| !is_report(&step.kind));
    let rules = session.rules()?;
    let scratch = temp.scratch("base-commands");
    let commands = adapters::commands(&session.loaded.settings, &scratch)?;
    let tools = perfctl_workspace::tools::Tools::beside(checkout.root());
    let output = OutputDirectory::new(
        temp.scratch("base-output"),
        checkout.root().to_owned(),
        session.templates.clone(),
    );
    // What waivers wait for may have lain elsewhere then: they are held against the files of that commit.
    let below = session.loaded.below.as_deref();
    let steps = below.map_or(0, |below| below.split('/').count());
    let around = checkout.root().ancestors().nth(steps);
    let tree = Tree::of(around.unwrap_or(checkout.root()).to_owned());
    let earlier = Request {
        recipe: &recipe,
        checkout,
        wishes: request.wishes.clone(),
        policy: session.policy_of(&rules, None, Some(&tree)),
        previous: None,
        change: Default::default(),
        moves: Default::default(),
        started_ms: request.started_ms,
        version: request.version.clone(),
        environment: request.environment.clone(),
        notes: Vec::new(),
        secrets: request.secrets.clone(),
    };
    let parts = Parts {
        rules: &rules,
        commands: &commands,
        tools: &tools,
        artifacts: &output,
        reports: &output,
        ..*parts
    };
    let record = run(earlier, parts).map_err(|faults| CommandError::usage(join(&faults)))?;
    if record.interrupted {
        return Err(CheckoutError::Interrupted.into());
    }
    Ok(record)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_files_in_no_commit_only_those_count_that_a_run_heeds() {
        let mut excluded = globset::GlobSetBuilder::new();
        for glob in ["coverage/**", "**/*_gen.py", ".perfctl.toml", ".perfctl/**"] {
            excluded.add(globset::Glob::new(glob).expect("a glob"));
        }
        let excluded = Excluded::from(excluded.build().expect("globs"));
        let all = [
            ".perfctl.toml",
            ".perfctl/attestations.toml",
            "app.py",
            "app_gen.py",
            "coverage/index.html",
        ];
        assert_eq!(
            heeded(all.map(str::to_owned).into(), &excluded),
            [".perfctl.toml", ".perfctl/attestations.toml", "app.py"]
        );
    }
}
