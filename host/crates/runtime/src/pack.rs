//! Packs: folders of rules with the facts they rely on, from whatever layer they come.

mod declare;
mod known;
mod labels;
mod nested;
mod read;
mod replaced;
#[cfg(test)]
mod sample;
mod sealed;

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use perfctl_core::ids::RuleId;
use perfctl_core::label::Matching;
use perfctl_core::message::Message;
use perfctl_core::rule::{Layer, Rule};
use perfctl_core::run::Problem;
use perfctl_scan::lower::Language;
use perfctl_scan::matcher::{FactTest, RuleMatchers, What};
use perfctl_scan::repo::facts::{Fact, Facts};
use perfctl_wire::diagnose::{Fault, Faults};
use perfctl_wire::rule::{self as wire, Kind};
use perfctl_wire::table::nearest;

use self::declare::hand_over;
use self::read::{headless, modules, read_rule, source};
use self::sealed::Sealed;
use crate::applies::Applies;
use crate::lua::modules::Modules;
use crate::lua::vm::Limits;
use crate::plugin::{Component, Plugin};

/// The most rules of a pack: what each of them looks at is looked for in every file, before any limit of its own.
const MOST_RULES: usize = 1000;

/// The files of one pack, as somebody read them: path within the pack to content.
#[derive(Clone, Debug)]
pub struct PackFiles {
    /// The folder's name, which must be the pack's id.
    pub folder: String,
    /// Where the pack came from.
    pub layer: Layer,
    /// How the pack's folder is called in messages: a path, or `built-in:perf`.
    pub shown: String,
    /// Text files by path within the pack, forward slashes; cases left out.
    pub files: BTreeMap<String, String>,
    /// What judges in place of the rules' scripts, if the pack is a plugin.
    pub program: Program,
    /// Whether it came as one file, into which nobody looks.
    pub is_sealed: bool,
}

impl PackFiles {
    /// How messages call one of its files.
    fn path(&self, path: &str) -> String {
        format!("{}/{path}", self.shown)
    }

    /// Whether it holds checklists, and nothing that a head is for.
    fn is_checklists(&self) -> bool {
        let mut files = self.files.keys();
        let is_headed = |path: &String| path.ends_with("/rule.toml") || path.starts_with("facts/");
        self.files
            .keys()
            .any(|path| path.starts_with("checklists/"))
            && !files.any(is_headed)
    }

    /// Why nothing of it can be read, and the rules that it is known to have.
    fn lost(&self) -> Option<(&str, &[RuleId])> {
        match &self.program {
            Program::Unusable { why, known } if self.files.is_empty() => Some((why, &known.rules)),
            _ => None,
        }
    }

    /// What is wrong with one of its files.
    fn trouble(&self, path: &str, message: String) -> Problem {
        Problem {
            subject: self.path(path),
            message,
        }
    }
}

/// What judges for the rules of a pack.
#[derive(Clone, Debug, Default)]
pub enum Program {
    /// A script of each rule's own: `rule.lua`.
    #[default]
    Scripts,
    /// A component for all of them.
    Component(Arc<dyn Component>),
    /// A plugin that cannot be used.
    Unusable {
        /// Why.
        why: String,
        /// What it is known to bring, where its files cannot be read.
        known: Brought,
    },
}

/// What a plugin brings, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Brought {
    /// Rules.
    pub rules: Vec<RuleId>,
    /// Collectors.
    pub collectors: Vec<String>,
    /// Formats of reports.
    pub formats: Vec<String>,
}

/// What judges for a rule.
#[derive(Clone, Debug)]
pub enum Judge {
    /// A script.
    Script {
        /// Its source.
        source: String,
        /// The scripts that the pack's rules share, by the name that `require` takes.
        modules: Arc<Modules>,
    },
    /// A plugin, which knows the rule by its position.
    Plugin(Arc<dyn Plugin>, u32),
}

/// Why a rule could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// Every fault with the line that has it and what to do.
    pub full: String,
    /// The same on one line, for a verdict's reason.
    pub short: String,
    /// The pack that has it; empty where that is not known.
    pub pack: String,
}

impl Unreadable {
    fn plain(why: String) -> Self {
        Self {
            full: why.clone(),
            short: why,
            pack: String::new(),
        }
    }
}

impl From<Faults> for Unreadable {
    fn from(faults: Faults) -> Self {
        let full = faults.to_string();
        let short: Vec<String> = faults.into_list().iter().map(Fault::one_line).collect();
        Self {
            full,
            short: short.join("; "),
            pack: String::new(),
        }
    }
}

/// A rule, ready to run.
#[derive(Clone, Debug)]
pub struct LoadedRule {
    /// Its head.
    pub rule: Rule,
    /// What it looks at.
    pub matchers: RuleMatchers,
    /// To which repositories it applies.
    pub applies: Applies,
    /// What its script may use.
    pub limits: Limits,
    /// What its findings say, where they say it by name.
    pub messages: Arc<[Message]>,
    /// What judges.
    pub judge: Judge,
    /// The rule's folder, as messages call it.
    pub folder: String,
}

impl LoadedRule {
    /// How messages call what judges: its script, or its folder.
    pub fn judge_path(&self) -> String {
        match &self.judge {
            Judge::Script { .. } => format!("{}/rule.lua", self.folder),
            Judge::Plugin(..) => self.folder.clone(),
        }
    }

    /// How messages call its head.
    pub fn head_path(&self) -> String {
        format!("{}/rule.toml", self.folder)
    }
}

/// What the matchers of a rule ask of facts.
fn fact_tests(rule: &LoadedRule) -> impl Iterator<Item = &FactTest> {
    let matchers = rule.matchers.matchers.iter();
    matchers.filter_map(|matcher| match &matcher.what {
        What::Call { fact, .. } => fact.as_ref(),
        What::Loaded(fact) => Some(fact),
        _ => None,
    })
}

fn slip<'k>(rule: &LoadedRule, written: &str, known: impl Iterator<Item = &'k str>) -> String {
    let near =
        nearest(written, known).map_or(String::new(), |near| format!("; did you mean `{near}`?"));
    format!(
        "{}: no fact about any library says `{written}`, so a matcher matches nothing{near}",
        rule.head_path()
    )
}

/// Every rule of every layer, the later layer winning per id, and the facts of all packs.
#[derive(Debug, Default)]
pub struct Packs {
    /// Rules by id.
    pub rules: BTreeMap<RuleId, LoadedRule>,
    /// What is known about libraries.
    pub facts: Facts,
    /// How findings of their rules meet labels.
    pub labels: Matching,
    /// Rules that could not be read: their verdict is `error`. The head is a minimal one.
    pub broken: BTreeMap<RuleId, Unreadable>,
    /// What else is wrong with packs.
    pub problems: Vec<Problem>,
    /// What a reader of the findings has to know of the packs, a sentence each.
    pub remarks: Vec<String>,
    sealed: Sealed,
    /// Whose each rule is, whether it could be read or not: a pack and its layer.
    owners: BTreeMap<RuleId, (String, Layer)>,
}

impl Packs {
    /// Reads packs in the order of their layers.
    pub fn load(all_files: &[PackFiles]) -> Self {
        let mut all = Self::default();
        let mut homes: BTreeMap<(&str, &Layer), &str> = BTreeMap::new();
        let mut read = Vec::with_capacity(all_files.len());
        for pack in all_files {
            // A later layer may take the place of an earlier one's pack; within one it would be chance.
            let known = match homes.entry((&pack.folder, &pack.layer)) {
                Entry::Vacant(free) => {
                    free.insert(&pack.shown);
                    None
                }
                Entry::Occupied(known) => Some(*known.get()).filter(|_| !pack.folder.is_empty()),
            };
            match known {
                None => read.extend(all.head(pack).map(|head| (pack, head))),
                Some(known) => all.problems.push(Problem {
                    subject: pack.shown.clone(),
                    message: format!(
                        "two packs are called `{}`: this one is not read, {known} has the name",
                        pack.folder
                    ),
                }),
            }
        }
        let packs: Vec<&PackFiles> = read.iter().map(|(pack, _)| *pack).collect();
        let known = known::gather(&packs);
        all.facts = known.facts;
        all.problems.extend(known.problems);
        // Only a lock gives a pack its folder before anything of it is read: what else is lost must not run, and takes no rule from what does.
        for pack in all_files.iter().filter(|pack| !pack.folder.is_empty()) {
            for rule in pack.lost().into_iter().flat_map(|(_, rules)| rules) {
                all.sealed.keep_lost(rule, pack);
            }
        }
        // What is lost has the place that it would have if it were there, and what may not run has none.
        let is_locked = |pack: &&PackFiles| !pack.folder.is_empty();
        let mut heads = read.iter().enumerate().peekable();
        for pack in all_files {
            match heads.next_if(|(_, (next, _))| std::ptr::eq(*next, pack)) {
                Some((at, (_, head))) => all.add(pack, head, known.refused.get(&at)),
                None if is_locked(&pack) => all.lose(pack),
                None => {}
            }
        }
        for pack in all_files.iter().filter(|pack| !is_locked(pack)) {
            all.lose(pack);
        }
        all.check_facts();
        all.labels = labels::gather(&all, &read);
        all
    }

    /// Matchers that ask for words which no fact of any pack has, and so never match, for a slip most likely. The program's own rules
    /// are held to this by a test, and not at every start.
    fn check_facts(&mut self) {
        let foreign = |rule: &&LoadedRule| rule.rule.layer != Layer::BuiltIn;
        let rules = self.rules.values().filter(foreign);
        let mut asked = rules
            .flat_map(|rule| fact_tests(rule).map(move |test| (rule, test)))
            .peekable();
        if asked.peek().is_none() {
            return;
        }
        let mut known: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (key, word) in self.facts.all().flat_map(Fact::words) {
            known.entry(key).or_default().insert(word);
        }
        let mut slips: BTreeMap<RuleId, String> = BTreeMap::new();
        for (rule, test) in asked {
            let mut tell = |message: String| {
                slips.entry(rule.rule.id.clone()).or_insert(message);
            };
            for (key, words) in &test.0 {
                let Some(values) = known.get(key.as_str()) else {
                    tell(slip(rule, key, known.keys().copied()));
                    continue;
                };
                let unknown = |word: &&String| *word != "*" && !values.contains(word.as_str());
                if let Some(word) = words.iter().find(unknown)
                    && words.iter().all(|word| unknown(&word))
                {
                    let written = format!("{key} = {word}");
                    let forms: Vec<String> = values
                        .iter()
                        .map(|word| format!("{key} = {word}"))
                        .collect();
                    tell(slip(rule, &written, forms.iter().map(String::as_str)));
                }
            }
        }
        // A matcher that can never find anything is a slip, and its rule would pass for it.
        for (id, message) in slips {
            self.rules.remove(&id);
            self.broken.insert(id, Unreadable::plain(message));
        }
    }

    /// The head of a pack; without one its rules are not read.
    fn head(&mut self, pack: &PackFiles) -> Option<wire::Pack> {
        if let Some((why, rules)) = pack.lost() {
            // Rules that are known by their ids are told of one by one, once all others are read.
            if rules.is_empty() {
                self.problems.push(Problem {
                    subject: pack.shown.clone(),
                    message: why.to_owned(),
                });
            }
            return None;
        }
        let read = match pack.files.get("pack.toml") {
            Some(text) => wire::read_pack(&pack.path("pack.toml"), text, &pack.folder)
                .map_err(|faults| faults.to_string()),
            // Checklists are read by the recipes that name them, and need no head.
            None if pack.is_checklists() => return None,
            None => match nested::remark(pack) {
                Some(remark) => {
                    self.remarks.push(remark);
                    return None;
                }
                None => Err("the pack has no `pack.toml`: its rules are not read".to_owned()),
            },
        };
        let is_rule = |path: &String| path.ends_with("/rule.toml");
        let read = read.and_then(|head| match head.kind() {
            // A component is made for one world: one that collects cannot judge.
            Kind::Collectors | Kind::Reporters if pack.files.keys().any(is_rule) => Err(
                "the pack has rules, and its pack.toml declares collectors or formats of reports: a plugin is one of these, so make a pack for each; nothing of it is read"
                    .to_owned(),
            ),
            _ => Ok(head),
        });
        match read {
            Ok(head) => Some(head),
            Err(message) => {
                self.problems.push(pack.trouble("pack.toml", message));
                None
            }
        }
    }

    /// The rules of a plugin of which its lock alone can be read.
    fn lose(&mut self, pack: &PackFiles) {
        let Some((why, rules)) = pack.lost().filter(|(_, rules)| !rules.is_empty()) else {
            return;
        };
        // A rule that another pack has is that pack's, whatever a lock says.
        let is_own = |rule: &&RuleId| {
            let owner = self.owners.get(*rule);
            owner.is_none_or(|(owner, layer)| {
                *owner == pack.folder && *layer != Layer::BuiltIn && *layer != pack.layer
            })
        };
        let lost: Vec<RuleId> = rules.iter().filter(is_own).cloned().collect();
        if lost.is_empty() {
            self.problems.push(Problem {
                subject: pack.shown.clone(),
                message: why.to_owned(),
            });
        }
        let why = format!("{}: {why}", pack.shown);
        let why = Unreadable {
            pack: pack.folder.clone(),
            ..Unreadable::plain(why)
        };
        for rule in lost {
            let own = (pack.folder.clone(), pack.layer.clone());
            self.owners.insert(rule.clone(), own);
            self.rules.remove(&rule);
            self.broken.insert(rule, why.clone());
        }
    }

    /// Adds the rules of a pack; all of them are broken where its facts were `refused`.
    fn add(&mut self, pack: &PackFiles, head: &wire::Pack, refused: Option<&String>) {
        let id = &head.id;
        let heads = pack
            .files
            .keys()
            .filter(|path| path.ends_with("/rule.toml"));
        let count = heads.count();
        if count > MOST_RULES {
            let message =
                format!("the pack has {count} rules, more than {MOST_RULES}: none is read");
            self.problems.push(pack.trouble("pack.toml", message));
            return;
        }
        let modules = Arc::new(modules(pack));
        let mut read = BTreeMap::new();
        for (path, text) in &pack.files {
            let Some(folder) = path.strip_suffix("/rule.toml") else {
                continue;
            };
            if folder.contains('/') || !RuleId::is_well_formed(folder) {
                let message = format!("`{folder}` is no rule id: the rule is not read");
                self.problems.push(pack.trouble(path, message));
                continue;
            }
            let source = match refused {
                Some(why) => Err(Unreadable::plain(why.clone())),
                None => source(pack, folder, &modules),
            };
            let rule = source.and_then(|judge| read_rule(pack, head, folder, text, judge));
            read.insert(RuleId::from(folder), rule);
        }
        if let Program::Component(component) = &pack.program {
            hand_over(component, &mut read);
        }
        self.problems.extend(headless(pack));
        self.remarks
            .extend(replaced::remark(pack, &self.rules, read.keys()));
        for (rule_id, rule) in read {
            // Packs of folders replace rules on purpose, by a folder that anybody sees. What is in a plugin's file nobody sees.
            // One that takes the name of a pack of the program's own is another pack, too.
            let owner = self.owners.get(&rule_id);
            if pack.is_sealed
                && let Some((owner, _)) =
                    owner.filter(|(owner, layer)| owner != id || *layer == Layer::BuiltIn)
            {
                let message = format!(
                    "{rule_id} is a rule of the pack `{owner}`: a plugin does not take another pack's rules"
                );
                let path = format!("{rule_id}/rule.toml");
                self.problems.push(pack.trouble(&path, message));
                continue;
            }
            if let Some(message) = self.sealed.objection(&rule_id, pack) {
                let path = format!("{rule_id}/rule.toml");
                self.problems.push(pack.trouble(&path, message));
                continue;
            }
            // A later layer takes a rule's place on purpose; in one directory it would be chance whose it is.
            if !pack.is_sealed
                && let Some((owner, layer)) = self.owners.get(&rule_id)
                && *layer == pack.layer
                && owner != id
            {
                let message = format!(
                    "{rule_id} is a rule of the pack `{owner}` beside it as well: this one is not read; take one of them away"
                );
                let path = format!("{rule_id}/rule.toml");
                self.problems.push(pack.trouble(&path, message));
                continue;
            }
            self.sealed.keep(&rule_id, pack);
            let own = (id.clone(), pack.layer.clone());
            self.owners.insert(rule_id.clone(), own);
            match rule {
                Ok(rule) => {
                    self.broken.remove(&rule_id);
                    self.rules.insert(rule_id, rule);
                }
                Err(why) => {
                    self.rules.remove(&rule_id);
                    let pack = id.clone();
                    self.broken.insert(rule_id, Unreadable { pack, ..why });
                }
            }
        }
    }
}

/// The language of a name that rules use.
pub(crate) fn language(name: &str) -> Option<Language> {
    Language::ALL
        .iter()
        .copied()
        .find(|language| language.name() == name)
}
