//! What most commands need before they can do anything: the repository, its settings, the packs, recipes and templates.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use globset::{Glob, GlobSetBuilder};
use perfctl_core::recipe::Recipe;
use perfctl_core::repository::Checkout;
use perfctl_core::run::Environment;
use perfctl_core::scale::Confidence;
use perfctl_engine::excluded::forms;
use perfctl_engine::judge::silence::Waiver;
use perfctl_engine::judge::verdict::Attestation;
use perfctl_engine::judge::{LEAST, Policy};
use perfctl_engine::rules::{Choice, RuleRunner as _, Selection, Selector, SwitchedOff};
use perfctl_report::Templates;
use perfctl_runtime::pack::PackFiles;
use perfctl_scan::walk::Excluded;
use perfctl_wire::recipe::Vocabulary;
use perfctl_wire::settings::{Layer, Level, Origin, Sourced};
use perfctl_wire::table::nearest;

use crate::adapters;
use crate::adapters::rules::{Rules, ScanOptions};
use crate::assets::{self, RecipeText};
use crate::baseline::Baseline;
use crate::cli::{GlobalArgs, OutputArgs};
use crate::clock;
use crate::confirm::Confirming;
use crate::error::CommandError;
use crate::extensions::Extensions;
use crate::formats::{self, Chosen};
use crate::measured::Measured;
use crate::own;
use crate::remarks::Remarks;
use crate::settings::{self, Loaded, Repository, is_there};
use crate::ui::Ui;
use crate::waivers::Tree;

/// Files larger than this are refused unless the settings say otherwise, in bytes.
const MAX_FILE_SIZE: u64 = 1 << 20;

/// Settings and assets for one repository.
pub(crate) struct Session {
    /// The settings of all layers.
    pub(crate) loaded: Loaded,
    /// Recipes of all layers.
    pub(crate) recipes: BTreeMap<String, RecipeText>,
    /// Templates of all layers.
    pub(crate) templates: Templates,
    jobs: usize,
    /// The packs of all layers but the program's own, read when something asks for them.
    packs: OnceLock<Vec<PackFiles>>,
    extensions: OnceLock<Extensions>,
    /// What the waivers of the repository can speak of; `None` outside of one.
    tree: Option<Tree>,
}

impl Session {
    /// Reads what belongs to a repository; `None` outside of one. `command` holds what flags say.
    pub(crate) fn open(
        repository: Option<Repository<'_>>,
        command: Layer,
        global: &GlobalArgs,
        ui: &Ui,
    ) -> Result<Self, CommandError> {
        let loaded = settings::load(repository, command, global)?;
        ui.colours(loaded.settings.color);
        let jobs = global.jobs.or(loaded.settings.jobs).unwrap_or(0) as usize;
        Ok(Self {
            recipes: assets::recipes::all(&loaded)?,
            templates: assets::templates(&loaded)?,
            tree: loaded.root.clone().map(Tree::of),
            loaded,
            jobs,
            packs: OnceLock::new(),
            extensions: OnceLock::new(),
        })
    }

    fn packs(&self) -> Result<&[PackFiles], CommandError> {
        let known = self.packs.get();
        match known {
            Some(packs) => Ok(packs),
            None => {
                let packs = assets::packs_of_layers(&self.loaded)?;
                Ok(self.packs.get_or_init(|| packs))
            }
        }
    }

    /// Collectors and formats of plugins.
    pub(crate) fn extensions(&self) -> Result<&Extensions, CommandError> {
        let packs = self.packs()?;
        Ok(self.extensions.get_or_init(|| Extensions::of(packs)))
    }

    /// The format of reports called `name`.
    ///
    /// # Errors
    /// There is none; the hints say which there are, and which plugins could not be read.
    pub(crate) fn format(&self, name: &str) -> Result<Chosen<'_>, CommandError> {
        formats::chosen(name, self.extensions()?)
    }

    /// Threads; 0 for as many as there are processors.
    pub(crate) fn jobs(&self) -> usize {
        self.jobs
    }

    /// Refuses a format that there is not, of the command line or of settings, before any work is done for it.
    pub(crate) fn check_format(&self, output: &OutputArgs) -> Result<(), CommandError> {
        let set = match (&output.format, &self.loaded.settings.format) {
            (Some(name), _) => return self.format(name).map(drop),
            (None, Some(set)) => set,
            (None, None) => return Ok(()),
        };
        // What keeps plugins from being read is no fault of the setting.
        self.extensions()?;
        let known = self.format(&set.value).map(drop);
        known.map_err(|error| CommandError {
            message: format!("{}: `output.format`: {}", set.origin, error.message),
            ..error
        })
    }

    /// The rules of all layers, ready for the engine.
    pub(crate) fn rules(&self) -> Result<Rules, CommandError> {
        let settings = &self.loaded.settings;
        let options = ScanOptions {
            exclude: self.exclude()?,
            max_file_size: settings.max_file_size.unwrap_or(MAX_FILE_SIZE),
            threads: self.jobs,
            entry_points: settings.entry_points.clone(),
            below: self.loaded.below.clone(),
        };
        let mut packs = assets::above_built_in(self.packs()?);
        packs
            .problems
            .extend_from_slice(&self.extensions()?.problems);
        Ok(Rules::new(packs, options))
    }

    /// Holds what selects rules against the rules that exist: a slip on the command line is an error, one in a file a
    /// note, because an organisation's settings may name rules that are not installed here.
    pub(crate) fn check_selectors(&self, rules: &Rules) -> Result<Vec<String>, CommandError> {
        let settings = &self.loaded.settings;
        let known = rules.selectors();
        let mut notes = Vec::new();
        let off = settings
            .off
            .iter()
            .map(|off| (off.value.id.as_str(), &off.origin));
        let listed = settings.select.iter().chain(&settings.ignore);
        let listed = listed.map(|selector| (selector.value.as_str(), &selector.origin));
        for (written, origin) in listed.chain(off) {
            if known.contains(written) {
                continue;
            }
            let near = nearest(written, known.iter().map(String::as_str));
            let near = near.map(|name| format!("did you mean `{name}`?"));
            if origin.level == Level::CommandLine {
                let error =
                    CommandError::usage(format!("`{} {written}` selects no rule", origin.file));
                if let Some(unread) = &self.loaded.unread
                    && unread.holds_rule(written)
                {
                    return Err(error.hint(unread.sentence()));
                }
                if let Some(item) = Measured::find(self, written) {
                    let Measured { id, .. } = &item;
                    return Err(error
                        .hint(format!("{id} is {}", item.what()))
                        .hint(item.advice()));
                }
                return Err(error.hint(near.unwrap_or_else(|| {
                    "`perfctl rule list` shows the rules that there are; tag:X, category:X and pack:X name sets of them"
                        .to_owned()
                })));
            }
            let near = near.map_or(String::new(), |near| format!("; {near}"));
            notes.push(format!("{origin}: `{written}` selects no rule{near}"));
        }
        notes.extend(self.check_attestations(rules));
        Ok(notes)
    }

    /// Refuses settings and flags that leave no rule to run: a check of nothing finds nothing, and looks like a clean one.
    pub(crate) fn check_any_rule_is_left(&self, rules: &Rules) -> Result<(), CommandError> {
        let limits = self.limits(Vec::new());
        // The engine's own rule about suppressions counts where it is asked for by name.
        let asks_for_own = !limits.within.is_empty()
            && limits.choice(&perfctl_engine::judge::silence::head()) != Choice::Leave;
        if asks_for_own || rules.leaves_any(&limits) {
            return Ok(());
        }
        let settings = &self.loaded.settings;
        let said = |list: &[Sourced<String>], word: &str| -> Vec<String> {
            let one = |selector: &Sourced<String>| {
                format!("`{}` is {word} by {}", selector.value, selector.origin)
            };
            list.iter().map(one).collect()
        };
        let why = [
            said(&settings.select, "selected"),
            said(&settings.ignore, "ignored"),
        ]
        .concat();
        Err(
            CommandError::usage(format!("no rule is left to run: {}", why.join(", ")))
                .hint("`perfctl rule list` shows the rules that there are"),
        )
    }

    /// The recipes of all layers, without those that cannot be read, which is said where they are used.
    pub(crate) fn readable_recipes(&self) -> Vec<Recipe> {
        self.vocabulary()
            .map_or_else(|_| Vec::new(), |vocabulary| self.read_with(&vocabulary))
    }

    fn read_with(&self, vocabulary: &Vocabulary) -> Vec<Recipe> {
        let texts = self.recipes.values();
        texts
            .filter_map(|text| text.read(vocabulary, &self.recipes).ok())
            .collect()
    }

    /// What confirms suspicions, as the recipes of all layers go.
    pub(crate) fn confirming(&self) -> Confirming {
        let vocabulary = self.vocabulary().unwrap_or_default();
        Confirming {
            recipes: self.read_with(&vocabulary),
            measurers: vocabulary.measurers().cloned().collect(),
        }
    }

    /// What recipes may name.
    pub(crate) fn vocabulary(&self) -> Result<Vocabulary, CommandError> {
        let mut vocabulary = adapters::vocabulary(&self.templates, self.extensions()?);
        vocabulary.checklists = assets::checklists::shelf(&self.loaded, &vocabulary)?;
        Ok(vocabulary)
    }

    /// Every item that somebody may sign for: rules by id and alias, and what recipes of all layers measure.
    pub(crate) fn known_items(&self, rules: &Rules) -> BTreeSet<String> {
        let mut known: BTreeSet<String> = rules.known().iter().map(ToString::to_string).collect();
        for recipe in self.readable_recipes() {
            let steps = recipe.steps.iter().flat_map(|step| &step.items);
            let budgets = recipe
                .budgets
                .iter()
                .filter_map(|budget| budget.item.as_ref());
            let items = recipe.items.iter().map(|item| &item.id);
            let items = items.chain(recipe.evidence.iter().map(|item| &item.id));
            known.extend(items.chain(steps).chain(budgets).map(ToString::to_string));
        }
        known
    }

    /// Signatures for items that exist nowhere: they would hold nothing up and be thought to.
    fn check_attestations(&self, rules: &Rules) -> Vec<String> {
        let signed = &self.loaded.attestations;
        if signed.is_empty() {
            return Vec::new();
        }
        let known = self.known_items(rules);
        let unknown = signed
            .iter()
            .filter(|signed| !known.contains(signed.item.as_str()));
        unknown
            .map(|signed| {
                let near = nearest(signed.item.as_str(), known.iter().map(String::as_str));
                let near = near.map_or(String::new(), |near| format!("; did you mean `{near}`?"));
                format!(
                    "{}/{}:{}: no rule and no recipe has an item `{}`{near}",
                    own::OWN,
                    own::ATTESTATIONS,
                    signed.line,
                    signed.item
                )
            })
            .collect()
    }

    /// What no scan looks at: perfctl's own files, and what the settings leave out.
    pub(crate) fn exclude(&self) -> Result<Excluded, CommandError> {
        let (mut here, mut around) = (GlobSetBuilder::new(), GlobSetBuilder::new());
        // A repository's own rules are no code of the service, and their cases are full of defects on purpose.
        for own in [own::OWN, own::SETTINGS] {
            for form in [own.to_owned(), format!("{own}/**")] {
                here.add(Glob::new(&form).map_err(CommandError::failure)?);
            }
        }
        for pattern in &self.loaded.settings.exclude {
            let builder = match self.around(&pattern.origin) {
                Some(_) => &mut around,
                None => &mut here,
            };
            for form in forms(&pattern.value) {
                let glob = Glob::new(&form).map_err(|error| {
                    CommandError::usage(format!(
                        "{}: `exclude` holds `{}`, which is no glob: {}",
                        pattern.origin,
                        pattern.value,
                        error.kind()
                    ))
                })?;
                builder.add(glob);
            }
        }
        let set = |builder: GlobSetBuilder| {
            let built = builder.build();
            built.map_err(|error| CommandError::usage(format!("`exclude`: {error}")))
        };
        let excluded = Excluded::from(set(here)?);
        Ok(match self.loaded.below.as_deref() {
            Some(directory) => excluded.seen_from(directory, set(around)?),
            None => excluded,
        })
    }

    /// The audited directory, for paths that are written there as seen from the root of the repository around it.
    fn around(&self, origin: &Origin) -> Option<&str> {
        let below = self.loaded.below.as_deref();
        below.filter(|_| origin.level == Level::Repository)
    }

    /// What the rules are limited to by settings and flags.
    pub(crate) fn limits(&self, paths: Vec<String>) -> Selection {
        let settings = &self.loaded.settings;
        Selection {
            select: Vec::new(),
            within: settings
                .select
                .iter()
                .map(|selector| Selector::parse(&selector.value))
                .collect(),
            ignore: settings
                .ignore
                .iter()
                .map(|selector| Selector::parse(&selector.value))
                .collect(),
            off: settings
                .off
                .iter()
                .map(|off| SwitchedOff {
                    rules: Selector::parse(off.value.id.as_str()),
                    reason: off.value.reason.clone(),
                })
                .collect(),
            paths,
        }
    }

    /// The lowest confidence that counts.
    pub(crate) fn least(&self) -> Confidence {
        self.loaded.settings.confidence.unwrap_or(LEAST)
    }

    /// What people decided about findings, those of `baseline` among them, and how suspicions of `rules` are confirmed.
    pub(crate) fn policy(&self, rules: &Rules, baseline: Option<&Baseline>) -> Policy {
        self.policy_of(rules, baseline, self.tree.as_ref())
    }

    /// The same for a run that sees the files of `tree`.
    pub(crate) fn policy_of(
        &self,
        rules: &Rules,
        baseline: Option<&Baseline>,
        tree: Option<&Tree>,
    ) -> Policy {
        let waivers = self.loaded.settings.waivers.iter().map(|waiver| {
            let value = &waiver.value;
            Waiver {
                rule: value.rule.clone(),
                path: Some(value.path.clone()),
                below: self.around(&waiver.origin).map(str::to_owned),
                reason: value.reason.clone(),
                owner: value.owner.clone().unwrap_or_default(),
                until: value.until.map(|day| (day.year, day.month, day.day)),
                astray: tree
                    .filter(|_| waiver.origin.level == Level::Repository)
                    .and_then(|tree| tree.astray(&value.path)),
                place: value.place.clone(),
                excerpt: value.excerpt.clone(),
            }
        });
        let attestations = self.loaded.attestations.iter().map(|signed| {
            let what = signed.reason.as_ref();
            let what = what.map_or(String::new(), |reason| format!("{reason}: "));
            Attestation {
                item: signed.item.clone(),
                reason: format!("{what}{}", signed.evidence),
                who: format!("{}, signed {}", signed.who, signed.date),
                until: Some(signed.until.parts()),
                written: format!("{}/{}:{}", own::OWN, own::ATTESTATIONS, signed.line),
                lost: (self.loaded.root.as_deref())
                    .filter(|root| !is_there(root, &signed.evidence))
                    .map(|_| signed.evidence.clone()),
            }
        });
        Policy {
            waivers: waivers.collect(),
            excluded: (self.loaded.settings.exclude.iter())
                .map(|glob| glob.value.clone())
                .collect(),
            attestations: attestations.collect(),
            baseline: baseline.map(Baseline::known).unwrap_or_default(),
            least: self.least(),
            confirmations: self.confirming().all(rules.all_heads()),
            today: clock::today(),
            ..Policy::default()
        }
    }
}

/// The machine, as far as it explains the numbers.
pub(crate) fn environment() -> Environment {
    let os = std::fs::read_to_string("/etc/os-release")
        .ok()
        .and_then(|text| {
            let line = text
                .lines()
                .find_map(|line| line.strip_prefix("PRETTY_NAME="))?;
            Some(line.trim_matches('"').to_owned())
        });
    Environment {
        os: os.unwrap_or_else(|| std::env::consts::OS.to_owned()),
        arch: std::env::consts::ARCH.to_owned(),
        cpus: std::thread::available_parallelism().map_or(1, usize::from),
        tools: BTreeMap::new(),
    }
}

/// The text of a file that the user named.
pub(crate) fn read(path: &Path) -> Result<String, CommandError> {
    std::fs::read_to_string(path)
        .map_err(|error| CommandError::usage(format!("cannot read {}: {error}", path.display())))
}

/// The directory of the repository that holds `path`: the nearest one upwards with a `.git`, else `path` itself.
pub(crate) fn repository_root(path: &Path) -> PathBuf {
    // Without `..` and links, so that what stands around it is what stands around it on disk.
    let real = std::fs::canonicalize(path).or_else(|_| std::path::absolute(path));
    let absolute = real.unwrap_or_else(|_| path.to_owned());
    let start = if absolute.is_file() {
        absolute.parent().map_or(absolute.clone(), Path::to_owned)
    } else {
        absolute
    };
    let found = start
        .ancestors()
        .find(|dir| dir.join(".git").exists())
        .map(Path::to_owned);
    found.unwrap_or(start)
}

/// The directory of the repository that holds all `paths`; without any, the one around the current directory. Outside of git
/// several paths have their nearest common directory.
pub(crate) fn repository_of(paths: &[PathBuf]) -> Result<PathBuf, CommandError> {
    let first = paths.first().map_or(Path::new("."), PathBuf::as_path);
    let root = repository_root(first);
    if paths.len() < 2 || root.join(".git").exists() {
        return Ok(root);
    }
    let roots: Vec<PathBuf> = paths
        .iter()
        .map(|path| {
            let root = repository_root(path);
            std::fs::canonicalize(&root).unwrap_or(root)
        })
        .collect();
    let around = |dir: &&Path| roots.iter().all(|root| root.starts_with(dir));
    match roots[0].ancestors().find(around) {
        // All files of the machine would be read for facts.
        Some(common) if common.parent().is_some() => Ok(common.to_owned()),
        _ => Err(CommandError::usage(
            "these paths have nothing in common but the root of the machine",
        )
        .hint("check one of them at a time")),
    }
}

/// `path` from `root`, with forward slashes; `None` when it lies outside.
pub(crate) fn relative(root: &Path, path: &Path) -> Option<String> {
    let absolute = std::fs::canonicalize(path).ok()?;
    let root = std::fs::canonicalize(root).ok()?;
    Some(
        absolute
            .strip_prefix(root)
            .ok()?
            .to_string_lossy()
            .replace('\\', "/"),
    )
}

/// The checkout at a directory of this machine, audited in place, and what is to be said of it.
pub(crate) fn in_place(root: &Path, into: &Path) -> Result<(Checkout, Vec<String>), CommandError> {
    let remarks = Remarks::before(&perfctl_core::seams::Silence);
    let checkout = perfctl_workspace::checkout::open_directory(
        root,
        into,
        &remarks,
        &perfctl_core::seams::Never,
    )?;
    Ok((checkout, remarks.into_kept()))
}
