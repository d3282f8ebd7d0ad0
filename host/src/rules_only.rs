//! A run of rules and nothing else: no command, no file, no network. What `check` is, what `rule eval` repeats per
//! repository, and what `fix` says at its end.

use std::path::Path;
use std::time::Duration;

use perfctl_core::recipe::Recipe;
use perfctl_core::repository::Checkout;
use perfctl_core::run::RunRecord;
use perfctl_core::seams::{Sink, Stop};
use perfctl_engine::judge::Policy;
use perfctl_engine::plan::Wishes;
use perfctl_engine::rules::RuleRunner;
use perfctl_engine::run::{Parts, Request, check_recipe, run};
use perfctl_wire::settings::{Settings, Sourced};

use crate::accounts::Accounts;
use crate::adapters::{self, Discard};
use crate::clock;
use crate::commands::check::join;
use crate::error::CommandError;
use crate::session::{self, Session};

/// Who looks at what, and how.
pub(crate) struct Look<'l> {
    /// Settings and assets.
    pub(crate) session: &'l Session,
    /// The code.
    pub(crate) checkout: &'l Checkout,
    /// Its rules.
    pub(crate) rules: &'l dyn RuleRunner,
    /// What people decided about findings.
    pub(crate) policy: Policy,
    /// Paths that findings are limited to; empty for all.
    pub(crate) paths: Vec<String>,
    /// What is to be said in the record.
    pub(crate) notes: Vec<String>,
    /// A directory that may be made.
    pub(crate) scratch: &'l Path,
    /// Takes events.
    pub(crate) sink: &'l dyn Sink,
    /// Says when to stop.
    pub(crate) stop: &'l dyn Stop,
}

/// The recipe of one step: the rules that the settings leave.
pub(crate) fn recipe_of(settings: &Settings) -> Recipe {
    let values = |list: &[Sourced<String>]| -> Vec<String> {
        list.iter().map(|one| one.value.clone()).collect()
    };
    check_recipe(values(&settings.select), values(&settings.ignore))
}

/// Runs the rules that the settings leave.
pub(crate) fn rules_only(look: Look<'_>) -> Result<RunRecord, CommandError> {
    let settings = &look.session.loaded.settings;
    let recipe = recipe_of(settings);
    let commands = adapters::commands(settings, look.scratch)?;
    let tools = perfctl_workspace::tools::Tools::beside(look.checkout.root());
    let (collectors, probes) = (Default::default(), Default::default());
    run(
        Request {
            recipe: &recipe,
            checkout: look.checkout,
            wishes: Wishes {
                limits: look.session.limits(look.paths),
                ..Wishes::default()
            },
            policy: look.policy,
            previous: None,
            change: Default::default(),
            moves: Default::default(),
            started_ms: clock::now_ms(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            environment: session::environment(),
            notes: look.notes,
            secrets: Accounts::of(settings).secrets(),
        },
        Parts {
            rules: look.rules,
            commands: &commands,
            tools: &tools,
            artifacts: &Discard,
            reports: &Discard,
            collectors: &collectors,
            probes: &probes,
            sink: look.sink,
            stop: look.stop,
            caches: None,
            poetry: None,
            chronicle: None,
            lineage: &perfctl_core::seams::NoLineage,
            jobs: look.session.jobs(),
            pause: Duration::ZERO,
        },
    )
    .map_err(|faults| CommandError::usage(join(&faults)))
}
