//! Rules for the engine: the scanner and the Lua runtime behind its seam.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use perfctl_core::finding::Finding;
use perfctl_core::ids::RuleId;
use perfctl_core::label::Matching;
use perfctl_core::path_class::PathClass;
use perfctl_core::recipe::Recipe;
use perfctl_core::repository::Checkout;
use perfctl_core::rule::{Help, Layer, Rule};
use perfctl_core::run::Problem;
use perfctl_core::scale::{Effort, Severity};
use perfctl_core::seams::{Sink, Stop};
use perfctl_core::verdict::LookedAt;
use perfctl_engine::judge::silence::within;
use perfctl_engine::rules::{Choice, RuleOutcome, RuleResults, RuleRunner, Selection, Survey};
use perfctl_runtime::pack::{LoadedRule, Packs, Unreadable};
use perfctl_runtime::runner::{self, Cost, Outcome};
use perfctl_scan::portrait::{may_start_at, portrait};
use perfctl_scan::repo::facts::Facts;
use perfctl_scan::scanner::{self, Ruleset};
use perfctl_scan::source::Overlay;
use perfctl_scan::walk::{Content, Entry, Excluded, Scope};
use perfctl_wire::settings::{Level, Sourced};
use perfctl_wire::table::nearest;

use super::entry_points::{Seen, seen_from};
use super::unread;

/// What the scan is told beside the rules.
#[derive(Clone, Debug, Default)]
pub(crate) struct ScanOptions {
    /// Paths left out.
    pub(crate) exclude: Excluded,
    /// Largest file that is parsed, in bytes.
    pub(crate) max_file_size: u64,
    /// Threads; 0 for as many as there are processors.
    pub(crate) threads: usize,
    /// Entry points that the settings name.
    pub(crate) entry_points: Vec<Sourced<String>>,
    /// The directory that is scanned as if it were all, from the root of the repository whose settings are read.
    pub(crate) below: Option<String>,
}

/// What the rules cost.
#[derive(Clone, Debug, Default)]
pub(crate) struct RuleCosts {
    /// Walking, reading, parsing, linking.
    pub(crate) scan: Duration,
    /// Per rule, in its script.
    pub(crate) rules: BTreeMap<RuleId, Cost>,
}

/// The rules of all packs over one repository. The repository is scanned once, for all rules that any step may ask for.
pub(crate) struct Rules {
    rules: Vec<LoadedRule>,
    broken: BTreeMap<RuleId, Unreadable>,
    facts: Arc<Facts>,
    pack_problems: Vec<Problem>,
    remarks: Vec<String>,
    matching: Matching,
    options: ScanOptions,
    scanned: Mutex<Option<Scanned>>,
    /// What stands in for files of the repository.
    overlay: Mutex<Overlay>,
    costs: Mutex<RuleCosts>,
}

struct Scanned {
    survey: scanner::Survey,
    /// Rules of the scan, by position of their matchers.
    rules: Vec<usize>,
}

impl Drop for Rules {
    fn drop(&mut self) {
        // One run, then the program ends: giving a large repository back row by row would only take time.
        std::mem::forget(self.scanned.get_mut().ok().and_then(Option::take));
    }
}

impl Rules {
    /// The rules of `packs`.
    pub(crate) fn new(packs: Packs, options: ScanOptions) -> Self {
        Self {
            rules: packs.rules.into_values().collect(),
            broken: packs.broken,
            facts: Arc::new(packs.facts),
            pack_problems: packs.problems,
            remarks: packs.remarks,
            matching: packs.labels,
            options,
            scanned: Mutex::new(None),
            overlay: Mutex::default(),
            costs: Mutex::new(RuleCosts::default()),
        }
    }

    /// Gives the scanned repository back, for who goes on to another one.
    pub(crate) fn release(&self) {
        let scanned = self.scanned.lock();
        drop(scanned.unwrap_or_else(PoisonError::into_inner).take());
    }

    /// What a reader of the findings has to know of the rules, a sentence each.
    pub(crate) fn remarks(&self) -> &[String] {
        &self.remarks
    }

    /// Heads of all rules that could be read.
    pub(crate) fn all_heads(&self) -> impl Iterator<Item = &Rule> {
        self.rules.iter().map(|rule| &rule.rule)
    }

    /// How findings of the rules meet labels.
    pub(crate) fn matching(&self) -> &Matching {
        &self.matching
    }

    /// Everything that `--select` and `--ignore` may name: ids, aliases, tags, categories, packs.
    pub(crate) fn selectors(&self) -> BTreeSet<String> {
        let mut names: BTreeSet<String> = self.known().iter().map(ToString::to_string).collect();
        names.insert("all".to_owned());
        // What perfctl itself says, about suppressions and what could not be read, is switched off like any other.
        let own = perfctl_engine::judge::silence::head();
        let unread = unread::head();
        for rule in self
            .rules
            .iter()
            .map(|rule| &rule.rule)
            .chain([&own, &unread])
        {
            names.insert(rule.id.to_string());
            names.insert(format!("category:{}", rule.category));
            names.extend(rule.tags.iter().map(|tag| format!("tag:{tag}")));
            if !rule.pack.is_empty() {
                names.insert(format!("pack:{}", rule.pack));
            }
        }
        // Rules that cannot be read are `error` where they are asked for, and not unknown.
        let broken = self.broken.values().filter(|why| !why.pack.is_empty());
        names.extend(broken.map(|why| format!("pack:{}", why.pack)));
        names
    }

    /// Facts in the `when` of a recipe's steps that never hold, because no pack knows the framework or platform; each a sentence.
    /// They are no faults of the recipe, which may be meant for packs that are not installed here.
    pub(crate) fn unknown_facts(&self, recipe: &Recipe) -> Vec<String> {
        let frameworks = self.facts.frameworks().iter().map(|one| &one.name);
        let platforms = self.facts.platforms().iter().map(|one| &one.target);
        let known: BTreeSet<String> = frameworks
            .map(|name| format!("framework:{name}"))
            .chain(platforms.map(|name| format!("deploy:{name}")))
            .collect();
        let mut notes = Vec::new();
        for step in &recipe.steps {
            for written in &step.when {
                let fact = written.strip_prefix('!').unwrap_or(written);
                let is_open = fact.starts_with("framework:") || fact.starts_with("deploy:");
                if !is_open || known.contains(fact) {
                    continue;
                }
                let near = nearest(fact, known.iter().map(String::as_str));
                let near = near.map_or(String::new(), |near| format!("; did you mean `{near}`?"));
                notes.push(format!(
                    "step `{}` of recipe `{}`: no pack knows `{fact}`, so it never holds{near}",
                    step.id, recipe.name
                ));
            }
        }
        notes
    }

    /// From the next survey on, the repository is looked at as if these files held these texts.
    pub(crate) fn overlay(&self, changed: BTreeMap<Arc<str>, Arc<str>>) {
        *self.overlay.lock().unwrap_or_else(PoisonError::into_inner) = Overlay::new(changed);
    }

    /// The kind of a file of the surveyed repository; `None` where it is not looked at.
    pub(crate) fn class_of(&self, path: &str) -> Option<PathClass> {
        let kept = self.scanned.lock().unwrap_or_else(PoisonError::into_inner);
        let entries = kept.as_ref()?.survey.view.entries();
        let at = entries.binary_search_by(|entry| (*entry.path).cmp(path));
        Some(entries[at.ok()?].class)
    }

    /// Where the time went so far.
    pub(crate) fn costs(&self) -> RuleCosts {
        self.costs
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Whether `selection` leaves a rule whose verdict the record will hold, be it that the rule is switched off or broken.
    pub(crate) fn leaves_any(&self, selection: &Selection) -> bool {
        let is_wanted = |rule: &Rule| selection.choice(rule) != Choice::Leave;
        self.rules.iter().any(|rule| is_wanted(&rule.rule))
            || self.broken.iter().any(|one| is_wanted(&broken_head(one)))
    }

    fn chosen(&self, selections: &[Selection]) -> Vec<usize> {
        let runs = |rule: &Rule| {
            selections
                .iter()
                .any(|selection| selection.choice(rule) == Choice::Run)
        };
        (0..self.rules.len())
            .filter(|at| runs(&self.rules[*at].rule))
            .collect()
    }

    /// The entry points of the settings as the scan calls them, and those that should be there and are not: `is_there` tells.
    fn entry_points(
        &self,
        is_there: impl Fn(&str) -> bool,
    ) -> (Vec<String>, Vec<&Sourced<String>>) {
        let (mut named, mut absent) = (Vec::new(), Vec::new());
        for entry in &self.options.entry_points {
            let level = entry.origin.level;
            let around = self.options.below.as_deref();
            let seen = match around.filter(|_| level == Level::Repository) {
                Some(below) => seen_from(below, &entry.value),
                None => Seen::Within(entry.value.clone()),
            };
            let (names, is_due) = match seen {
                Seen::Within(name) => (vec![name], true),
                Seen::Perhaps(names) => (names, false),
                Seen::Elsewhere => continue,
            };
            match names.into_iter().find(|name| is_there(name)) {
                Some(name) => named.push(name),
                // An organisation names those of many repositories.
                None if is_due && level != Level::Organisation => absent.push(entry),
                None => {}
            }
        }
        (named, absent)
    }

    fn scan(&self, checkout: &Checkout, selections: &[Selection], stop: &dyn Stop) -> Scanned {
        let rules = self.chosen(selections);
        let ruleset = Ruleset {
            rules: rules
                .iter()
                .map(|at| self.rules[*at].matchers.clone())
                .collect(),
            facts: self.facts.clone(),
            max_file_size: self.options.max_file_size,
        };
        let named = selections.iter().flat_map(|selection| &selection.paths);
        let scope = Scope {
            start: Vec::new(),
            named: named
                .filter(|path| checkout.root().join(path).is_dir())
                .cloned()
                .collect(),
            exclude: self.options.exclude.clone(),
            threads: self.options.threads,
            overlay: self
                .overlay
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .clone(),
        };
        let begun = std::time::Instant::now();
        let survey = scanner::survey(checkout.root(), &ruleset, &scope, stop);
        self.costs
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .scan += begun.elapsed();
        tracing::info!(
            rules = rules.len(),
            files = survey.view.entries().len(),
            took = ?begun.elapsed(),
            "scanned"
        );
        Scanned { survey, rules }
    }
}

/// Whether naming the directory `path` of the repository at `root` makes a difference where the whole repository is looked at
/// anyway: what lies in it is then no test, and nobody else's code, because of where it lies.
pub(crate) fn counts_when_named(root: &Path, path: &str) -> bool {
    let inside = PathClass::of(&format!("{path}/x.py"));
    !path.is_empty() && inside != PathClass::of("x.py") && root.join(path).is_dir()
}

/// Which of the `limits` there are when none of them holds what a rule looks at, which is no reason to call anything passed.
fn looked_at_nowhere<'l>(
    survey: &scanner::Survey,
    limits: impl Iterator<Item = &'l String>,
) -> Option<BTreeSet<&'l str>> {
    let limits: BTreeSet<&str> = limits.map(String::as_str).collect();
    let looked_at = |entry: &Entry| {
        let is_within = |limit: &&str| *limit == "." || Path::new(&*entry.path).starts_with(limit);
        let is_judged = match entry.content {
            Content::Text => entry.path.ends_with(".sql"),
            _ => !matches!(entry.class, PathClass::Test | PathClass::Vendored),
        };
        is_judged && limits.iter().any(is_within)
    };
    let any = limits.is_empty() || survey.view.entries().iter().any(looked_at);
    (!any).then_some(limits)
}

/// What is said of the repository at `root` when only `limits` were asked for and no rule looks at them.
fn nothing_in(root: &Path, limits: &BTreeSet<&str>) -> Problem {
    let judged = "code of the service, a Dockerfile or another file that rules judge";
    let are_files = limits.iter().all(|limit| root.join(limit).is_file());
    let message = match (are_files, limits.len()) {
        (true, 1) => format!("no rule looks at this file: it is not {judged}"),
        (true, _) => format!("no rule looks at these files: none is {judged}"),
        (false, _) => format!("nothing in it, but for what git ignores, is {judged}"),
    };
    Problem {
        subject: limits.iter().copied().collect::<Vec<_>>().join(", "),
        message,
    }
}

/// What a refusal for a file's size names, and no other one.
const TOO_LARGE: &str = "`scan.max_file_size`";

impl RuleRunner for Rules {
    fn known(&self) -> BTreeSet<RuleId> {
        let heads = self
            .rules
            .iter()
            .flat_map(|rule| std::iter::once(&rule.rule.id).chain(&rule.rule.aliases));
        heads.chain(self.broken.keys()).cloned().collect()
    }

    fn heads(&self, selection: &Selection) -> Vec<Rule> {
        let read = self.rules.iter().map(|rule| rule.rule.clone());
        let broken = self.broken.iter().map(broken_head);
        let named = |rule: &Rule| selection.choice(rule) != Choice::Leave;
        let mut heads: Vec<Rule> = read.chain(broken).filter(named).collect();
        if unread::outcome(&self.pack_problems, selection).is_some() {
            heads.push(unread::head());
        }
        heads
    }

    fn survey(
        &self,
        checkout: &Checkout,
        selections: &[Selection],
        _: &dyn Sink,
        stop: &dyn Stop,
    ) -> Survey {
        let scanned = self.scan(checkout, selections, stop);
        let (named, absent) = self.entry_points(|named| may_start_at(&scanned.survey.view, named));
        let portrait = portrait(&scanned.survey.view, &named);
        let mut problems = scanned.survey.problems.clone();
        problems.retain(|problem| concerns(&problem.subject, selections));
        problems.extend(absent.into_iter().map(|named| Problem {
            subject: format!("{}:{}", named.origin.file, named.origin.line),
            message: format!(
                "`entry_points` names `{}`, but the repository has no such module or file",
                named.value
            ),
        }));
        problems.extend(self.pack_problems.iter().cloned());
        let mut outputs = scanned.survey.outputs.clone();
        outputs.retain(|path| concerns(path, selections));
        let notes = too_large(&outputs).into_iter().collect();
        let mut hidden = scanned.survey.hidden.clone();
        hidden.extend(outputs);
        let limits = selections.iter().flat_map(|selection| &selection.paths);
        let nowhere = looked_at_nowhere(&scanned.survey, limits);
        problems.extend(nowhere.map(|limits| nothing_in(checkout.root(), &limits)));
        *self.scanned.lock().unwrap_or_else(PoisonError::into_inner) = Some(scanned);
        Survey {
            portrait,
            problems,
            hidden,
            notes,
        }
    }

    fn run(
        &self,
        checkout: &Checkout,
        selection: &Selection,
        _: &dyn Sink,
        stop: &dyn Stop,
    ) -> RuleResults {
        let mut kept = self.scanned.lock().unwrap_or_else(PoisonError::into_inner);
        let scanned = match kept.take() {
            Some(scanned) => scanned,
            None => self.scan(checkout, std::slice::from_ref(selection), stop),
        };
        let heads: Vec<&LoadedRule> = scanned.rules.iter().map(|at| &self.rules[*at]).collect();
        let wanted = |rule: &LoadedRule| selection.choice(&rule.rule) == Choice::Run;
        let output = runner::run(&scanned.survey, &heads, wanted, stop);
        let mut results = RuleResults {
            findings: output.findings,
            problems: (output.problems.into_iter())
                .filter(|problem| !is_told(problem, &scanned.survey.outputs, selection))
                .collect(),
            allows: output.allows,
            ..RuleResults::default()
        };
        let found = |findings: &[Finding]| {
            let mut paths = findings.iter().map(|finding| &*finding.place.path);
            paths.any(|path| within(&selection.paths, path))
        };
        let nowhere = looked_at_nowhere(&scanned.survey, selection.paths.iter())
            .filter(|_| !found(&results.findings))
            .map(|limits| {
                let limits: Vec<&str> = limits.into_iter().collect();
                format!("no rule looks at what is in {}", limits.join(", "))
            });
        *kept = Some(scanned);
        drop(kept);
        for (id, cost) in output.costs {
            let looked = LookedAt {
                places: cost.candidates,
                files: cost.files,
            };
            results.looked_at.insert(id.clone(), looked);
            *self
                .costs
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .rules
                .entry(id)
                .or_default() += cost;
        }
        for rule in &self.rules {
            let outcome = match selection.choice(&rule.rule) {
                Choice::Leave => continue,
                Choice::Off(reason) => RuleOutcome::Off(reason.to_owned()),
                Choice::Run => match output.outcomes.get(&rule.rule.id) {
                    Some(Outcome::Examined | Outcome::NeedsEvidence(_)) if nowhere.is_some() => {
                        RuleOutcome::NotApplicable(nowhere.clone().unwrap_or_default())
                    }
                    Some(Outcome::Examined) => RuleOutcome::Examined,
                    Some(Outcome::NeedsEvidence(why)) => RuleOutcome::NeedsEvidence(why.clone()),
                    Some(Outcome::NotApplicable(why)) => RuleOutcome::NotApplicable(why.clone()),
                    Some(Outcome::Error(why)) => RuleOutcome::Error(why.clone()),
                    None => RuleOutcome::Error("it did not run".to_owned()),
                },
            };
            results.outcomes.insert(rule.rule.id.clone(), outcome);
            results.rules.push(rule.rule.clone());
        }
        for (id, why) in &self.broken {
            let head = broken_head((id, why));
            if matches!(selection.choice(&head), Choice::Run) {
                results
                    .outcomes
                    .insert(id.clone(), RuleOutcome::Error(why.short.clone()));
                results.rules.push(head);
            }
        }
        if let Some(outcome) = unread::outcome(&self.pack_problems, selection) {
            let head = unread::head();
            results.outcomes.insert(head.id.clone(), outcome);
            results.rules.push(head);
        }
        results
    }
}

/// Whether what lies at `path` has to do with what was asked for: a file in one of the parts that findings are limited to,
/// or a directory around one, which may hide it.
fn concerns(path: &str, selections: &[Selection]) -> bool {
    let lies_in = |limits: &Vec<String>| {
        let mut parts = limits.iter().map(|part| part.trim_start_matches("./"));
        parts.any(|part| Path::new(part).starts_with(path))
    };
    selections
        .iter()
        .any(|selection| within(&selection.paths, path) || lies_in(&selection.paths))
}

/// Whether a note says it already: that one of the `outputs` that were asked for is too large is no problem because a script asks for its text.
/// Anything else about such a file is one.
fn is_told(problem: &Problem, outputs: &[String], selection: &Selection) -> bool {
    problem.message.contains(TOO_LARGE)
        && outputs.contains(&problem.subject)
        && concerns(&problem.subject, std::slice::from_ref(selection))
}

/// That files which a program wrote are too large to be looked at, in one sentence; `None` where none is.
fn too_large(outputs: &[String]) -> Option<String> {
    let first = outputs.first()?;
    let (files, are) = match outputs.len() {
        1 => ("1 file".to_owned(), "is"),
        many => (format!("{many} files"), "are"),
    };
    let more = match outputs.len() - 1 {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    Some(format!(
        "{files} that a program or somebody else wrote (bundles, minified or generated code) {are} larger than `scan.max_file_size` and not looked at: {first}{more}"
    ))
}

/// What is known of a rule that could not be read: its id and whose it is.
fn broken_head((id, why): (&RuleId, &Unreadable)) -> Rule {
    Rule {
        id: id.clone(),
        aliases: Vec::new(),
        title: "rule that could not be read".to_owned(),
        category: "broken".to_owned(),
        tags: Vec::new(),
        severity: Severity::Low,
        languages: Vec::new(),
        keywords: Vec::new(),
        elsewhere: std::collections::BTreeMap::new(),
        effort: Effort::S,
        fix: None,
        metric: None,
        help: Help::default(),
        pack: why.pack.clone(),
        layer: Layer::BuiltIn,
    }
}
