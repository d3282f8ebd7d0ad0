//! Finding the files of all layers and reading them; what they mean is the wire room's business.

use std::path::{Path, PathBuf};

use perfctl_core::repository::Checkout;
use perfctl_core::seams::Collector as _;
use perfctl_report::shell_word;
use perfctl_wire::attestations::Attestation;
use perfctl_wire::day::Day;
use perfctl_wire::lock::FILE as LOCK;
use perfctl_wire::settings::{self, Layer, Level, Settings};

use crate::cli::GlobalArgs;
use crate::clock;
use crate::error::CommandError;
use crate::extensions::Extensions;
use crate::own::{self, ATTESTATIONS, OWN, SETTINGS};

/// What a directory of an organisation holds.
const HELD: [&str; 5] = ["config.toml", "plugins", "recipes", "templates", LOCK];

/// Settings of one repository with where they came from.
pub(crate) struct Loaded {
    /// In force.
    pub(crate) settings: Settings,
    /// Directories with an organisation's packs, recipes and templates.
    pub(crate) organisations: Vec<PathBuf>,
    /// The user's own directory with packs, recipes and templates.
    pub(crate) user: Option<PathBuf>,
    /// The directory of the repository that is audited as if it were all, from the root: the repository's settings speak of
    /// paths from its root.
    pub(crate) below: Option<String>,
    /// The root of the repository whose settings were read, from which their paths start.
    pub(crate) root: Option<PathBuf>,
    /// The repository's `.perfctl` directory, if it is trusted.
    pub(crate) repository: Option<PathBuf>,
    /// What people signed for in the repository.
    pub(crate) attestations: Vec<Attestation>,
    /// What was ignored; each a sentence.
    pub(crate) notes: Vec<String>,
    /// That the repository was trusted and has changed since; a sentence.
    pub(crate) changed: Option<String>,
    /// The `.perfctl` directory that is not read for lack of trust.
    pub(crate) unread: Option<Unread>,
}

/// Rules, recipes and templates of a repository that are not read.
pub(crate) struct Unread {
    /// Where they are.
    dir: PathBuf,
    /// Why they are not read, and what would change that.
    why: String,
}

impl Unread {
    /// Whether they may hold the rule of this id.
    pub(crate) fn holds_rule(&self, id: &str) -> bool {
        let packs = std::fs::read_dir(self.dir.join("plugins"));
        let mut packs = packs.into_iter().flatten().flatten();
        !id.contains(['/', '.'])
            && packs.any(|pack| pack.path().join(id).join("rule.toml").is_file())
    }

    /// As a sentence.
    pub(crate) fn sentence(&self) -> String {
        format!(
            "{} holds rules, recipes or templates; they are not read, {}",
            self.dir.display(),
            self.why
        )
    }
}

/// The user's settings directory.
pub(crate) fn user_dir() -> Option<PathBuf> {
    let config = std::env::var_os("XDG_CONFIG_HOME")
        .map(PathBuf::from)
        .filter(|path| path.is_absolute());
    let home = || std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".config"));
    config.or_else(home).map(|dir| dir.join("perfctl"))
}

/// Where the user's settings are, for sentences that say what to add to them. They go into reports, so that it is no path of this machine.
pub(crate) fn user_file() -> &'static str {
    match std::env::var_os("XDG_CONFIG_HOME") {
        Some(path) if Path::new(&path).is_absolute() => {
            "your settings ($XDG_CONFIG_HOME/perfctl/config.toml)"
        }
        _ => "your settings (~/.config/perfctl/config.toml)",
    }
}

/// The directory for caches, private to the user.
pub(crate) fn cache_dir() -> Option<PathBuf> {
    let cache = std::env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .filter(|path| path.is_absolute());
    let home = || std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache"));
    cache.or_else(home).map(|dir| dir.join("perfctl"))
}

/// The directory for what has to last, private to the user.
pub(crate) fn state_dir() -> Option<PathBuf> {
    let state = std::env::var_os("XDG_STATE_HOME")
        .map(PathBuf::from)
        .filter(|path| path.is_absolute());
    let home = || std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".local/state"));
    let dir = state.or_else(home).filter(|dir| dir.is_absolute())?;
    Some(dir.join("perfctl"))
}

fn read_layer(path: &Path, level: Level) -> Result<Option<Layer>, CommandError> {
    layer_of(path, own::text(path)?, level)
}

fn layer_of(
    path: &Path,
    text: Option<String>,
    level: Level,
) -> Result<Option<Layer>, CommandError> {
    if text.is_some() {
        tracing::info!(file = %path.display(), ?level, "settings");
    }
    let read = |text: String| settings::read(&path.display().to_string(), &text, level);
    Ok(text.map(read).transpose()?)
}

/// A repository whose settings are read.
#[derive(Clone, Copy)]
pub(crate) struct Repository<'r> {
    /// Where its files are.
    pub(crate) root: &'r Path,
    /// The directory of it that is audited as if it were all, from the root.
    pub(crate) below: Option<&'r str>,
    /// The URL or bare repository that it was cloned from; `None` where it is audited in place.
    pub(crate) cloned_from: Option<&'r str>,
}

impl<'r> Repository<'r> {
    /// One that is audited where it is.
    pub(crate) fn in_place(root: &'r Path) -> Self {
        Self {
            root,
            below: None,
            cloned_from: None,
        }
    }

    /// What was opened for an audit. Of a directory in a repository the settings are the repository's, unless it has its own.
    pub(crate) fn of(checkout: &'r Checkout) -> Self {
        let source = &checkout.source;
        // As the workspace shows paths; a path may hold what is no UTF-8.
        let cloned = source.origin != identity_path(checkout.root()).display().to_string();
        let has_own = has_own(checkout.root());
        let below = source
            .subdirectory
            .as_deref()
            .filter(|_| !cloned && !has_own);
        let steps = below.map_or(0, |below| below.split('/').count());
        let around = checkout.root().ancestors().nth(steps);
        Self {
            root: around.unwrap_or(checkout.root()),
            below,
            cloned_from: cloned.then_some(source.origin.as_str()),
        }
    }

    /// How it is called in the record of trust: the URL without credentials, or the absolute path.
    pub(crate) fn identity(self) -> String {
        match self.cloned_from {
            Some(origin) => origin.to_owned(),
            None => identity_path(self.root).display().to_string(),
        }
    }

    /// The command that trusts it, from where the user stands.
    fn trust_command(self) -> String {
        let stands_in = crate::session::repository_root(Path::new("."));
        match self.cloned_from {
            Some(origin) => format!("perfctl trust {}", shell_word(origin)),
            None if stands_in == identity_path(self.root) => "perfctl trust".to_owned(),
            // Another one, or a directory of this one with settings of its own.
            None => {
                let root = self.root.display().to_string();
                format!("perfctl trust {}", shell_word(&root))
            }
        }
    }
}

/// Whether a directory has settings, rules or signatures of its own.
pub(crate) fn has_own(dir: &Path) -> bool {
    [SETTINGS, OWN].iter().any(|name| dir.join(name).exists())
}

fn identity_path(root: &Path) -> PathBuf {
    std::fs::canonicalize(root).unwrap_or_else(|_| root.to_owned())
}

/// Reads all layers for a repository (`None` outside any). `command` is what the flags say.
pub(crate) fn load(
    repository: Option<Repository<'_>>,
    command: Layer,
    global: &GlobalArgs,
) -> Result<Loaded, CommandError> {
    let root = repository.map(|repository| repository.root);
    let mut layers = vec![settings::built_in()];
    let user = user_dir();
    if let Some(dir) = &user {
        layers.extend(read_layer(&dir.join("config.toml"), Level::User)?);
    }
    let early = settings::merge(&layers, false);
    let mut organisations = Vec::new();
    let named = early.organisation_dirs.iter().map(|dir| {
        let path = PathBuf::from(&dir.value);
        match &user {
            Some(user) if path.is_relative() => user.join(path),
            _ => path,
        }
    });
    for path in named.chain(global.config.iter().cloned()) {
        if path.is_dir() {
            layers.extend(read_layer(&path.join("config.toml"), Level::Organisation)?);
            // A directory too high or too low is the likeliest slip, and its rules would be missed by nobody.
            if !HELD.iter().any(|name| path.join(name).exists()) {
                let (shown, held) = (path.display(), HELD.join(", "));
                tracing::warn!("{shown} has nothing for perfctl: none of {held} is in it");
            }
            organisations.push(path);
        } else {
            let layer = read_layer(&path, Level::Organisation)?;
            let layer = layer.ok_or_else(|| {
                CommandError::usage(format!(
                    "there is no settings file or directory {}",
                    path.display()
                ))
            })?;
            layers.push(layer);
        }
    }
    let mut notes = Vec::new();
    let mut attestations = Vec::new();
    let mut trusted = global.trust_repo;
    let mut because = "the repository is not trusted".to_owned();
    let mut changed = None;
    if let Some(repository) = repository {
        let root = repository.root;
        let file = root.join(SETTINGS);
        let text = own::text_in(root, &file)?;
        if let Some(mut layer) = layer_of(&file, text, Level::Repository)? {
            // A finding about a waiver has its place in the repository, like every other finding.
            for waiver in &mut layer.waivers {
                waiver.value.place.path = SETTINGS.into();
            }
            layers.push(layer);
        }
        let file = root.join(OWN).join(ATTESTATIONS);
        if let Some(text) = own::text_in(root, &file)? {
            attestations =
                perfctl_wire::attestations::read(&format!("{OWN}/{ATTESTATIONS}"), &text)?;
            notes.extend(without_evidence(&attestations, root));
        }
        // Only what may be trusted is looked through; under `--trust-repo`, too, because reading it must end.
        let identity = repository.identity();
        if trusted {
            own::content_hash(root).map_err(|why| cannot_be_trusted(&identity, &why))?;
        } else if let Some(record) = early.records_of(&identity).last() {
            let since = record.since.map(|day| format!(" on {day}"));
            because = format!(
                "the repository has changed since it was trusted{}",
                since.unwrap_or_default()
            );
            trusted = match own::content_hash(root) {
                Ok(sha256) => early.trusts(&identity, &sha256),
                Err(why) => {
                    notes.push(cannot_be_trusted(&identity, &why).message);
                    false
                }
            };
            changed = (!trusted).then(|| because.clone());
        }
    }
    layers.push(command);
    let settings = settings::merge(&layers, trusted);
    let trust = repository.map_or_else(String::new, Repository::trust_command);
    notes.extend(settings.notes(&trust, &because));
    notes.extend(left_out(&settings));
    let before_metrics = notes.len();
    let own = root.map(|root| root.join(OWN)).filter(|dir| dir.is_dir());
    let unread = own.as_ref().filter(|dir| !trusted && holds_rules(dir));
    let unread = unread.map(|dir| Unread {
        dir: dir.clone(),
        why: format!(
            "because {because}: to read them, run `{trust}`, or pass `--trust-repo` for one run"
        ),
    });
    notes.extend(unread.as_ref().map(Unread::sentence));
    notes.extend(about_to_expire(&settings));
    let mut loaded = Loaded {
        settings,
        organisations,
        user,
        below: repository
            .and_then(|repository| repository.below)
            .map(str::to_owned),
        root: repository.map(|repository| repository.root.to_owned()),
        repository: own.filter(|_| trusted),
        attestations,
        notes,
        changed,
        unread,
    };
    let unknown = unknown_metrics(&loaded)?;
    loaded.notes.splice(before_metrics..before_metrics, unknown);
    Ok(loaded)
}

/// Budgets for metrics that nothing makes, each a note. Plugins are read only where perfctl itself makes none of that name.
fn unknown_metrics(loaded: &Loaded) -> Result<Vec<String>, CommandError> {
    let budgets = &loaded.settings.budgets;
    let own = crate::adapters::metrics();
    let unknown = settings::unknown_metrics(budgets, own.clone());
    if unknown.is_empty() {
        return Ok(unknown);
    }
    let extensions = Extensions::of(&crate::assets::packs_of_layers(loaded)?);
    let own: Vec<&'static str> = own.collect();
    let mut all: Vec<&str> = own;
    all.extend(extensions.collectors.iter().flat_map(|one| one.metrics()));
    Ok(settings::unknown_metrics(budgets, all.iter().copied()))
}

/// Whether the evidence of a signature can be there: only what is written as a path of the repository at `root` can be looked for.
pub(crate) fn is_there(root: &Path, evidence: &str) -> bool {
    let evidence = evidence.trim();
    let is_path = !evidence.contains("://")
        && !evidence.contains(char::is_whitespace)
        && evidence.contains(['/', '.']);
    !is_path || file_of(root, evidence).is_some()
}

/// The path of the file that `evidence` names in `directory`, as it is written but for the heading that may stand behind it (`load.md#p95`);
/// `None` where there is none. A file whose name holds a `#` goes first.
pub(crate) fn file_of<'e>(directory: &Path, evidence: &'e str) -> Option<&'e str> {
    let file = evidence.split_once('#').map_or(evidence, |(file, _)| file);
    let names = [evidence, file].into_iter();
    let mut there = names.filter(|name| !name.is_empty() && directory.join(name).exists());
    there.next()
}

/// Signatures whose evidence nobody can look at: they do not count.
fn without_evidence(signed: &[Attestation], root: &Path) -> Vec<String> {
    let lost = signed.iter().filter(|one| !is_there(root, &one.evidence));
    lost.map(|one| {
        format!(
            "{OWN}/{ATTESTATIONS}:{}: the evidence for {} is neither a file of the repository nor a link with https://, so the signature does not count: {}",
            one.line, one.item, one.evidence
        )
    })
    .collect()
}

/// Waivers that end soon: their findings count from the day after.
fn about_to_expire(settings: &Settings) -> Vec<String> {
    let (year, month, day) = clock::today();
    let (today, soon) = (Day { year, month, day }, clock::in_days(clock::SOON));
    let waivers = settings.waivers.iter();
    let ends = waivers.filter_map(|waiver| Some((waiver, waiver.value.until?)));
    ends.filter(|(_, until)| (today..=soon).contains(until))
        .map(|(waiver, until)| {
            let value = &waiver.value;
            let (rule, path, line) = (&value.rule, &value.path, value.place.start.line);
            format!(
                "{}:{line}: the waiver of {rule} for {path} expires on {until}",
                value.place.path
            )
        })
        .collect()
}

/// That the repository's own settings leave files out. It may, and nobody should have to find out by accident.
fn left_out(settings: &Settings) -> Option<String> {
    let own: Vec<String> = settings
        .exclude
        .iter()
        .filter(|pattern| pattern.origin.level == Level::Repository)
        .map(|pattern| format!("`{}`", pattern.value))
        .collect();
    (!own.is_empty()).then(|| {
        format!(
            "the repository's settings leave {} out: nothing there is judged",
            own.join(", ")
        )
    })
}

/// Settings that lie between the root of a repository and `paths` in it, where no check reads them; each a sentence.
pub(crate) fn passed_over(root: &Path, paths: &[PathBuf]) -> Vec<String> {
    let root = identity_path(root);
    let mut found = std::collections::BTreeSet::new();
    for path in paths {
        let real = identity_path(path);
        let inside = real
            .ancestors()
            .take_while(|dir| *dir != root && dir.starts_with(&root));
        for dir in inside.filter(|dir| dir.is_dir()) {
            let own = [SETTINGS, OWN].into_iter();
            found.extend(own.map(|name| dir.join(name)).filter(|own| own.exists()));
        }
    }
    let said = |own: PathBuf| {
        let dir = own.parent().unwrap_or(&root);
        format!(
            "{} is not read: of a repository the settings at its root count, {}; `perfctl recipe run --repo {}` audits that directory by \
             itself, and reads it",
            own.display(),
            root.join(SETTINGS).display(),
            dir.display()
        )
    };
    found.into_iter().map(said).collect()
}

/// What is said of a repository that no trust can cover.
pub(crate) fn cannot_be_trusted(identity: &str, why: &str) -> CommandError {
    CommandError::usage(format!("{identity} cannot be trusted: {why}"))
}

fn holds_rules(dir: &Path) -> bool {
    ["plugins", "recipes", "templates"]
        .iter()
        .any(|name| dir.join(name).is_dir())
}
