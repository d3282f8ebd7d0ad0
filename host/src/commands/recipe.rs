//! `perfctl recipe list | show | validate | run`.

mod base;
mod show;

use std::fmt::Write as _;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Subcommand, ValueHint};
use perfctl_core::recipe::{BaselineUse, Recipe, StepKind};
use perfctl_core::run::RunRecord;
use perfctl_core::scale::{Confidence, Severity};
use perfctl_core::seams::Probe as _;
use perfctl_engine::compare::mismatch;
use perfctl_engine::plan::{Grants, Wishes, check_wishes};
use perfctl_engine::run::{Parts, Request, run as run_recipe};
use perfctl_report::hold_uncommitted;
use perfctl_wire::settings::lower;
use perfctl_wire::table::nearest;
use perfctl_workspace::checkout::{Ancestry, all_uncommitted};
use perfctl_workspace::temp::RunDirectory;

use super::check::{command_layer, exit, join};
use crate::accounts::Accounts;
use crate::adapters::{self, OutputDirectory};
use crate::assets::RecipeText;
use crate::baseline::{Again, Baseline};
use crate::cli::{self, GlobalArgs, OutputArgs};
use crate::clock;
use crate::error::{Answer, CommandError, Exit};
use crate::hidden;
use crate::interrupt::Interrupt;
use crate::remarks::Remarks;
use crate::session::{self, Session};
use crate::settings::Repository;
use crate::ui::{Screen, Ui};

pub(crate) const LIST_EXAMPLES: &str = "\
Examples:
  perfctl recipe list
  perfctl recipe run quick-wins --repo https://example.com/shop.git
  perfctl recipe run quick-wins --help            every flag, with more examples";

const VALIDATE_EXAMPLES: &str = "\
Examples:
  perfctl recipe validate recipes/nightly.toml
  perfctl recipe validate quick-wins              a recipe that there is, by its name";

/// Runs, lists, shows and checks recipes.
#[derive(Subcommand, Debug)]
pub(crate) enum RecipeCommand {
    /// List recipes
    #[command(after_help = LIST_EXAMPLES)]
    List,
    /// Show a recipe
    Show(show::ShowArgs),
    /// Check a recipe file and report every fault
    Validate(ValidateArgs),
    /// Run a recipe on a repository and write reports
    Run(Box<RunArgs>),
}

/// Checks a recipe file.
#[derive(Args, Debug)]
#[command(after_help = VALIDATE_EXAMPLES)]
pub(crate) struct ValidateArgs {
    /// The file, or the name of a recipe
    #[arg(value_name = "FILE|NAME")]
    file: PathBuf,
}

/// The directory for what an audit writes, unless the user names one.
const OUT: &str = "perfctl-out";

const EXAMPLES: &str = "\
Examples:
  perfctl recipe run quick-wins                                    the current directory
  perfctl recipe run quick-wins --repo https://example.com/shop.git --ref v2
  perfctl recipe run quick-wins --set entry=shop.main --set python=.venv/bin/python
  perfctl recipe run quick-wins --allow prepare                     install its dependencies
  perfctl recipe run quick-wins --set image=ghcr.io/org/shop:1     or an archive, an OCI layout
  perfctl recipe run quick-wins --allow build                       build the image
  perfctl recipe run pr-gate --base origin/main                    only what the branch brings
  perfctl recipe run improvements --baseline audit-may             figures before and after";

/// Runs a recipe on a repository.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct RunArgs {
    /// Its name, or a file ending in .toml
    #[arg(value_hint = ValueHint::FilePath)]
    name: String,
    /// A git URL, a bare repository (cloned), or a path (audited in place, uncommitted changes included)
    #[arg(long, value_name = "URL|PATH", default_value = ".", value_hint = ValueHint::DirPath)]
    repo: String,
    /// Branch, tag or commit
    #[arg(long = "ref", value_name = "REF")]
    reference: Option<String>,
    /// A parameter of the recipe (repeat)
    #[arg(long, value_name = "NAME=VALUE")]
    set: Vec<String>,
    /// A step that may do what it asks for: use the network, write to the cache (repeat)
    #[arg(long, value_name = "STEP")]
    allow: Vec<String>,
    /// Where reports and raw outputs go: a new directory, or that of an earlier audit, which is replaced
    #[arg(long, value_name = "DIR", default_value = OUT, value_hint = ValueHint::DirPath)]
    out: PathBuf,
    /// Known findings, which do not count: a list (`check --write-baseline`), or an earlier run to compare with, its directory or run.json
    #[arg(long, value_name = "FILE|DIR")]
    baseline: Option<PathBuf>,
    /// Run the recipe first on the commit where the branch parted from this branch, tag or commit: what was there does not count
    #[arg(long, value_name = "REF", conflicts_with = "baseline")]
    base: Option<String>,
    /// Lowest severity that makes the exit code 1
    #[arg(long, value_name = "SEVERITY", value_parser = cli::step_of::<Severity>(Severity::WORDS))]
    fail_on: Option<Severity>,
    /// Lowest confidence that is shown and counts
    #[arg(long, value_name = "CONFIDENCE", value_parser = cli::step_of::<Confidence>(Confidence::WORDS))]
    confidence: Option<Confidence>,
    /// Do not remember when findings came and went
    #[arg(long)]
    no_history: bool,
    /// Say what would be done, and do nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    output: OutputArgs,
}

/// Runs the command.
pub(crate) fn run(command: &RecipeCommand, global: &GlobalArgs, ui: &Ui) -> Answer {
    match command {
        RecipeCommand::List => list(global, ui),
        RecipeCommand::Show(args) => show::run(args, global, ui),
        RecipeCommand::Validate(args) => validate(args, global, ui),
        RecipeCommand::Run(args) => run_one(args, global, ui),
    }
}

fn here(global: &GlobalArgs, ui: &Ui) -> Result<Session, CommandError> {
    let root = session::repository_root(std::path::Path::new("."));
    Session::open(
        Some(Repository::in_place(&root)),
        command_layer(&[], &[], None, None),
        global,
        ui,
    )
}

/// The recipe of that name, or in that file, as it was written.
fn text_of(session: &Session, name: &str) -> Result<RecipeText, CommandError> {
    if name.ends_with(".toml") {
        let path = std::path::Path::new(name);
        return RecipeText::at(path, perfctl_core::rule::Layer::User(path.to_owned()));
    }
    session.recipes.get(name).cloned().ok_or_else(|| {
        let known: Vec<&str> = session.recipes.keys().map(String::as_str).collect();
        let near = nearest(name, known.iter().copied());
        let near = near.map_or(String::new(), |near| format!("; did you mean `{near}`?"));
        let error = CommandError::usage(format!("there is no recipe `{name}`{near}"))
            .hint(format!("there are {}", known.join(", ")));
        match &session.loaded.unread {
            Some(unread) => error.hint(unread.sentence()),
            None => error,
        }
    })
}

/// The recipe of that name or file, read.
pub(super) fn find(session: &Session, name: &str) -> Result<Recipe, CommandError> {
    Ok(text_of(session, name)?.read(&session.vocabulary()?, &session.recipes)?)
}

fn list(global: &GlobalArgs, ui: &Ui) -> Answer {
    let session = here(global, ui)?;
    let mut out = String::new();
    let width = session.recipes.keys().map(String::len).max().unwrap_or(0);
    for name in session.recipes.keys() {
        match find(&session, name) {
            Ok(recipe) => {
                let _ = writeln!(
                    out,
                    "{name:width$}  {}  ({})",
                    recipe.title,
                    recipe.layer.word()
                );
            }
            Err(error) => ui.warn(&error.message),
        }
    }
    ui.text(&out)?;
    Ok(Exit::Clean)
}

fn validate(args: &ValidateArgs, global: &GlobalArgs, ui: &Ui) -> Answer {
    let session = here(global, ui)?;
    let is_name = |name: &&str| !name.contains('/') && !name.ends_with(".toml");
    let name = args.file.to_str().filter(is_name);
    let recipe = match name.filter(|_| !args.file.exists()) {
        Some(name) => find(&session, name)?,
        None => {
            let layer = perfctl_core::rule::Layer::User(args.file.clone());
            RecipeText::at(&args.file, layer)?.read(&session.vocabulary()?, &session.recipes)?
        }
    };
    ui.say(&format!(
        "{} is in order: {}, {}",
        args.file.display(),
        count(recipe.steps.len(), "step"),
        count(recipe.budgets.len(), "budget")
    ));
    for note in session.rules()?.unknown_facts(&recipe) {
        ui.warn(&note);
    }
    Ok(Exit::Clean)
}

fn count(number: usize, what: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {what}{plural}")
}

fn run_one(args: &RunArgs, global: &GlobalArgs, ui: &Ui) -> Answer {
    args.output.check()?;
    let set = args
        .set
        .iter()
        .map(|text| cli::pair(text))
        .collect::<Result<Vec<_>, _>>()?;
    let mut baseline = args.baseline.as_deref().map(Baseline::open).transpose()?;
    check_early(args, &set, global, ui)?;
    let stop = Interrupt::listen();
    let temp = RunDirectory::create(global.keep_temp).map_err(CommandError::failure)?;
    if temp.is_kept() {
        ui.say(&format!(
            "temporary files are kept in {}",
            temp.path().display()
        ));
    }
    let screen = Screen::new(ui);
    // Tokens come from the user's settings alone, so they are known before there is a repository.
    let before = crate::settings::load(None, command_layer(&[], &[], None, None), global)?;
    let accounts = Accounts::of(&before.settings);
    let mut secrets = accounts.secrets();
    secrets.extend(perfctl_engine::given::secrets(&set));
    hidden::hide(&secrets);
    let remarks = Remarks::before(&screen);
    let checkout = perfctl_workspace::checkout::open_with(
        &args.repo,
        args.reference.as_deref(),
        &temp.checkout(),
        &accounts.for_git(),
        &remarks,
        &stop,
    )?;
    let layer = command_layer(&[], &[], args.fail_on, args.confidence);
    let session = Session::open(Some(Repository::of(&checkout)), layer, global, ui)?;
    session.check_format(&args.output)?;
    let mut recipe = find(&session, &args.name)?;
    let settings = &session.loaded.settings;
    let mut notes = session.loaded.notes.clone();
    notes.extend(remarks.into_kept());
    notes.extend_from_slice(accounts.notes());
    notes.extend(passed_over(args));
    notes.extend(lower(&mut recipe, &settings.budgets));
    let rules = session.rules()?;
    notes.extend(session.check_selectors(&rules)?);
    notes.extend_from_slice(rules.remarks());
    let is_rules = |step: &perfctl_core::recipe::Step| matches!(step.kind, StepKind::Rules { .. });
    if recipe.steps.iter().any(is_rules) {
        // The rest of the recipe may still be of use.
        let none_left = session.check_any_rule_is_left(&rules).err();
        notes.extend(none_left.map(|error| error.message));
    }
    notes.extend(rules.unknown_facts(&recipe));
    let nothing_to_compare = nothing_to_compare(args, &recipe);
    notes.extend(nothing_to_compare.clone());
    baseline = baseline.map(|baseline| baseline.followed(checkout.root()));
    if let Some(previous) = baseline.as_ref().and_then(Baseline::record) {
        notes.extend(mismatch(&previous.source, &checkout.source));
    }
    let step_ids = |names: &[perfctl_wire::settings::Sourced<String>]| {
        names
            .iter()
            .map(|name| name.value.as_str().into())
            .collect::<Vec<_>>()
    };
    let wishes = Wishes {
        set,
        allow: args.allow.iter().map(|name| name.as_str().into()).collect(),
        grants: Grants {
            consent: step_ids(&settings.grants_allow),
            network: step_ids(&settings.grants_network),
        },
        limits: session.limits(Vec::new()),
    };
    let out = std::path::absolute(&args.out)
        .map_err(|error| CommandError::usage(format!("{}: {error}", args.out.display())))?;
    let around = session::repository_root(checkout.root());
    let output = OutputDirectory::new(out, around, session.templates.clone());
    check_out(&args.out, &output, &recipe)?;
    let commands = adapters::commands(settings, &temp.scratch("commands"))?;
    let tools = perfctl_workspace::tools::Tools::beside(checkout.root());
    let collectors = adapters::collectors(session.extensions()?);
    let authorised = adapters::probes::authorised(&accounts);
    let probes = authorised
        .iter()
        .map(|probe| (probe.name().to_owned(), probe as _))
        .collect();
    let caches = crate::settings::cache_dir().map(|dir| dir.join("prepared"));
    let poetry = crate::poetry::environments();
    let kept = !args.no_history && settings.history.unwrap_or(true);
    let ledger = kept.then(adapters::Ledger::of_the_user).flatten();
    let lineage = Ancestry::of(&checkout);
    let parts = Parts {
        rules: &rules,
        commands: &commands,
        tools: &tools,
        artifacts: &output,
        reports: &output,
        collectors: &collectors,
        probes: &probes,
        sink: &screen,
        stop: &stop,
        caches: caches.as_deref(),
        poetry: poetry.as_deref(),
        chronicle: ledger.as_ref().map(|ledger| ledger as _),
        lineage: &lineage,
        jobs: match session.jobs() {
            0 => std::thread::available_parallelism().map_or(2, usize::from),
            jobs => jobs,
        },
        pause: Duration::from_secs(1),
    };
    let mut request = Request {
        recipe: &recipe,
        checkout: &checkout,
        wishes,
        policy: session.policy(&rules, silencing(&recipe, baseline.as_ref())),
        previous: None,
        change: Default::default(),
        moves: Default::default(),
        started_ms: clock::now_ms(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        environment: session::environment(),
        notes,
        secrets: accounts.secrets(),
    };
    if args.dry_run {
        return dry_run(&request, &parts, ui);
    }
    output.prepare().map_err(|error| {
        CommandError::usage(format!("cannot write into {}: {error}", args.out.display()))
            .hint("name another directory with `--out`")
    })?;
    if let Some(rev) = &args.base {
        let base = base::run_at(rev, &request, &parts, &session, &temp, ui);
        let base = base.inspect_err(|_| output.withdraw())?;
        baseline = Some(base.baseline);
        request.change = base.change;
        request.policy = session.policy(&rules, silencing(&recipe, baseline.as_ref()));
    }
    request.previous = baseline.as_ref().and_then(Baseline::record);
    request.moves = baseline
        .as_ref()
        .map(|one| one.moves().clone())
        .unwrap_or_default();
    let record = run_recipe(request, parts).map_err(|faults| {
        output.withdraw();
        CommandError::usage(join(&faults))
    })?;
    screen.clear();
    write_outputs(&record, &output, &session)?;
    // A second Ctrl-C waits until the record and its files belong together.
    let whole = stop.held();
    let settled = output.settle(record.interrupted).map_err(|error| {
        CommandError::failure(format!("cannot write into {}: {error}", args.out.display()))
    })?;
    drop(whole);
    let cloned_from = Repository::of(&checkout).cloned_from;
    // A clone is gone once it is closed.
    let spare = baseline.as_ref().and_then(|baseline| {
        let again = match cloned_from {
            Some(url) => Again::Clone(url),
            None if args.repo == "." => Again::Here(Vec::new()),
            None => Again::Here(vec![args.repo.as_str().into()]),
        };
        baseline.spare(&record, checkout.root(), &again)
    });
    temp.close().map_err(CommandError::failure)?;
    let view = perfctl_core::seams::View {
        flags: true,
        ..ui.view(args.output.file().is_some())
    };
    let root = cloned_from.is_none().then(|| checkout.root());
    super::check::show(&record, root, &args.output, &session, view, ui)?;
    if global.timings {
        crate::timings::say(&record, &rules.costs(), ui);
    }
    if let Some(spare) = spare {
        ui.say(&spare);
    }
    // The note is far above the end of a long report, and changes what its figures mean.
    if nothing_to_compare.is_some() && !record.interrupted {
        ui.say("compared with nothing: `--base REF` or `--baseline FILE|DIR` says with what");
    }
    if record.interrupted {
        let (place, stands) = match settled.aside {
            Some(inner) => (
                args.out.join(inner),
                format!("; {} holds the audit before", args.out.display()),
            ),
            None => (args.out.clone(), String::new()),
        };
        ui.warn(&format!(
            "interrupted: what was done until then is in {}{stands}",
            place.display()
        ));
    } else {
        let before = match settled.gone.len() {
            0 => String::new(),
            1 => format!("; {} of the audit before is gone", settled.gone[0]),
            files => format!("; {files} files that only the audit before wrote are gone"),
        };
        ui.say(&format!("reports are in {}{before}", args.out.display()));
    }
    Ok(exit(&record, settings.fail_on, session.least()))
}

/// That `--ref` leaves out what lies uncommitted in the directory that is named, where something does.
fn passed_over(args: &RunArgs) -> Option<String> {
    let reference = args.reference.as_deref()?;
    let files = all_uncommitted(std::path::Path::new(&args.repo))?.len();
    let they_are = match files {
        0 => return None,
        1 => "it is",
        _ => "they are",
    };
    let hold = hold_uncommitted(files);
    Some(format!(
        "{hold}: {they_are} no part of `--ref {reference}`, and what was looked at is without them"
    ))
}

/// That a recipe which is about a change has nothing to hold the repository against, what is done instead, and what would give it something.
fn nothing_to_compare(args: &RunArgs, recipe: &Recipe) -> Option<String> {
    let is_given = args.base.is_some() || args.baseline.is_some();
    let what = match recipe.baseline.filter(|_| !is_given)? {
        BaselineUse::Silence => {
            "is about what a change brings, and nothing was given to compare with, so this is an audit of everything: every finding counts, however old it is"
        }
        BaselineUse::Compare => {
            "also compares with figures from before, and nothing was given to compare with, so there are none"
        }
    };
    Some(format!(
        "`{}` {what}; `--base REF` (as `--base origin/main`) compares with the commit where the branch parted from it, `--baseline FILE|DIR` with an earlier run",
        recipe.name
    ))
}

/// The baseline, where the recipe lets it silence anything.
fn silencing<'b>(recipe: &Recipe, baseline: Option<&'b Baseline>) -> Option<&'b Baseline> {
    baseline.filter(|_| !recipe.only_compares())
}

/// Refuses to replace what no audit has left. The default directory is perfctl's own by its name.
fn check_out(
    out: &std::path::Path,
    output: &OutputDirectory,
    recipe: &Recipe,
) -> Result<(), CommandError> {
    let reports = recipe.steps.iter().filter_map(|step| match &step.kind {
        StepKind::Report { file, .. } => Some(file.as_str()),
        _ => None,
    });
    if output.is_repository() {
        return Err(CommandError::usage(format!(
            "{} is the audited repository itself: reports would lie among its files",
            out.display()
        ))
        .hint("name a directory in it or elsewhere with `--out`"));
    }
    match output.in_the_way(reports) {
        Some(file) if !out.ends_with(OUT) => Err(CommandError::usage(format!(
            "{} is there and was not written by an audit, which would replace it",
            file.display()
        ))
        .hint("name another directory with `--out`, or move the file away")),
        _ => Ok(()),
    }
}

/// Holds the recipe's name, `--set` and `--allow` against what the user's own layers hold, before anything is cloned. A
/// repository that may be trusted can bring a recipe of its own, so that nothing is certain about it yet.
fn check_early(
    args: &RunArgs,
    set: &[(String, String)],
    global: &GlobalArgs,
    ui: &Ui,
) -> Result<(), CommandError> {
    let session = Session::open(None, command_layer(&[], &[], None, None), global, ui)?;
    // The last part of a URL or path, by which a record of trust may mean this repository.
    let last = |text: &str| {
        let real = std::fs::canonicalize(text);
        let text = real.map_or_else(|_| text.to_owned(), |path| path.display().to_string());
        let text = text.trim_end_matches('/').trim_end_matches(".git");
        text.rsplit(['/', ':'])
            .next()
            .unwrap_or_default()
            .to_owned()
    };
    let mut trusted = session.loaded.settings.trust.iter();
    let may_be_trusted =
        global.trust_repo || trusted.any(|trust| last(&trust.value.repository) == last(&args.repo));
    if may_be_trusted && !args.name.ends_with(".toml") {
        return Ok(());
    }
    session.check_format(&args.output)?;
    let recipe = find(&session, &args.name)?;
    let allow: Vec<_> = args.allow.iter().map(|name| name.as_str().into()).collect();
    check_wishes(&recipe, set, &allow)
        .map(drop)
        .map_err(|faults| CommandError::usage(join(&faults)))
}

/// `run.json` and `findings.sarif`: there for every run, whatever reports the recipe asks for.
fn write_outputs(
    record: &RunRecord,
    output: &OutputDirectory,
    session: &Session,
) -> Result<(), CommandError> {
    let text = perfctl_wire::record::write(record);
    output
        .write("run.json", "record", text.as_bytes())
        .map_err(CommandError::failure)?;
    let templates = std::sync::Arc::new(session.templates.clone());
    if let Some(sarif) = perfctl_report::find("sarif") {
        let bytes = sarif
            .build(&templates)
            .render(record, &Default::default())
            .map_err(CommandError::failure)?;
        output
            .write("findings.sarif", "findings", &bytes)
            .map_err(CommandError::failure)?;
    }
    Ok(())
}

fn dry_run(request: &Request<'_>, parts: &Parts<'_>, ui: &Ui) -> Answer {
    let selections = perfctl_engine::plan::selections(request.recipe, &request.wishes.limits);
    let survey = parts
        .rules
        .survey(request.checkout, &selections, parts.sink, parts.stop);
    let plan = perfctl_engine::plan::plan(
        request.recipe,
        request.checkout,
        &survey.portrait,
        &request.wishes,
        &parts.offer(),
    )
    .map_err(|faults| CommandError::usage(join(&faults)))?;
    let mut out = String::new();
    for step in &plan.steps {
        use perfctl_engine::plan::Decision;
        let (word, why) = match &step.decision {
            Decision::Run => ("run", ""),
            Decision::Skip(why) => ("skip", why.as_str()),
            Decision::NeedsEvidence(why) => ("needs-evidence", why.as_str()),
        };
        let _ = writeln!(
            out,
            "{word:<14} {:<14} {}{}{why}",
            step.step.id.as_str(),
            step.step.title,
            if why.is_empty() { "" } else { ": " }
        );
    }
    ui.text(&out)?;
    Ok(Exit::Clean)
}
