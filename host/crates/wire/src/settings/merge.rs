//! Merging layers: later ones win, an untrusted repository only tightens, rights come from the user alone.

use std::collections::{BTreeMap, BTreeSet};

use perfctl_core::ids::MetricName;
use perfctl_core::scale::{Confidence, Severity};

use super::journal::{Entry, Explanation, Fate, Journal};
use super::keys::{self, Key, Who};
use super::layer::{Color, Layer, List, RuleOff, SandboxMode, Waiver};
use super::origin::{Level, Origin, Sourced};
use super::token::Token;
use crate::quantity::Quantity;
use crate::table::Refusal;
use crate::trust::Trust;

/// A value that its layer may not set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ignored {
    /// The key.
    pub key: String,
    /// The value as TOML; tokens hidden.
    pub shown: String,
    /// Where it was written.
    pub origin: Origin,
    /// Whether trusting the repository would put it in force. Otherwise only the user's own settings may set it.
    pub by_trust: bool,
}

/// The settings in force. Options are `None` where no layer says anything and the room in question knows best.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Rules that run, as selectors; empty for all.
    pub select: Vec<Sourced<String>>,
    /// Rules that do not run, as selectors.
    pub ignore: Vec<Sourced<String>>,
    /// Lowest severity that fails the run.
    pub fail_on: Option<Severity>,
    /// Lowest confidence that counts.
    pub confidence: Option<Confidence>,
    /// Rules switched off with a reason.
    pub off: Vec<Sourced<RuleOff>>,
    /// Findings that are known and accepted.
    pub waivers: Vec<Sourced<Waiver>>,
    /// Globs of paths that are not looked at.
    pub exclude: Vec<Sourced<String>>,
    /// Modules or files at which a process starts.
    pub entry_points: Vec<Sourced<String>>,
    /// Largest values of metrics; apply them with [`super::lower`].
    pub budgets: BTreeMap<MetricName, Sourced<Quantity>>,
    /// Largest file that is parsed, in bytes.
    pub max_file_size: Option<u64>,
    /// Threads that scan.
    pub jobs: Option<u32>,
    /// Whether runs remember findings.
    pub history: Option<bool>,
    /// Format of what is printed: one of the program's own, or a plugin's, which nobody has looked for yet.
    pub format: Option<Sourced<String>>,
    /// Colours of the terminal.
    pub color: Option<Color>,
    /// Directories with an organisation's settings and packs, as written.
    pub organisation_dirs: Vec<Sourced<String>>,
    /// Repositories that are trusted.
    pub trust: Vec<Sourced<Trust>>,
    /// Whether commands need a sandbox.
    pub sandbox: Option<SandboxMode>,
    /// Steps that may use the network.
    pub grants_network: Vec<Sourced<String>>,
    /// Steps that may run although they ask for consent.
    pub grants_allow: Vec<Sourced<String>>,
    /// Plugins that may read every file of a repository.
    pub grants_files: Vec<Sourced<String>>,
    /// Public keys whose signatures of plugins count.
    pub plugin_keys: Vec<Sourced<String>>,
    /// Whether only plugins run that a lock names.
    pub require_lock: Option<bool>,
    /// Whether only plugins run that one of the keys signed.
    pub require_signature: Option<bool>,
    /// Tokens by host.
    pub tokens: BTreeMap<String, Sourced<Token>>,
    /// What layers wrote but may not set.
    pub ignored: Vec<Ignored>,
    journal: Journal,
}

impl Settings {
    /// Why `key` has its value: every layer's word on it, the latest first. A table's name (`rules`, `budgets`) explains
    /// every key in it.
    ///
    /// # Errors
    /// There is no such key; the advice is the nearest one.
    pub fn explain(&self, key: &str) -> Result<Vec<Explanation>, Refusal> {
        self.journal.explain(key)
    }

    /// The records of trust in the repository with this name, in whatever state of it.
    pub fn records_of<'s>(&'s self, repository: &'s str) -> impl Iterator<Item = &'s Trust> {
        let all = self.trust.iter().map(|trust| &trust.value);
        all.filter(move |trust| trust.repository == repository)
    }

    /// Whether the repository with this name and content hash is trusted.
    pub fn trusts(&self, repository: &str, sha256: &str) -> bool {
        self.records_of(repository)
            .any(|trust| trust.holds(repository, sha256))
    }

    /// What was ignored, as sentences for the user: one for all that trust would allow, one per right that only the
    /// user's own settings can give. `trust` is the command that would trust the repository, `because` says why it is not
    /// trusted.
    pub fn notes(&self, trust: &str, because: &str) -> Vec<String> {
        let (by_trust, by_user): (Vec<_>, Vec<_>) =
            self.ignored.iter().partition(|ignored| ignored.by_trust);
        let mut notes = Vec::new();
        if let Some(first) = by_trust.first() {
            let keys: Vec<String> = by_trust
                .iter()
                .map(|ignored| format!("`{}` (line {})", ignored.key, ignored.origin.line))
                .collect();
            notes.push(format!(
                "{} sets {}; this is ignored, because {because} and may only tighten: to allow it, \
                 run `{trust}`, or pass `--trust-repo` for one run",
                first.origin.file,
                keys.join(", ")
            ));
        }
        for ignored in by_user {
            let Ignored {
                key, shown, origin, ..
            } = ignored;
            let line = match key.split_once('.') {
                Some(("tokens", host)) => format!("[tokens] \"{host}\" = ..."),
                Some((table, key)) => format!("[{table}] {key} = {shown}"),
                None => format!("{key} = {shown}"),
            };
            notes.push(format!(
                "{}:{} sets `{key}`; this is ignored, because only your own settings may: to allow it, write into them \
                 `{line}`",
                origin.file, origin.line
            ));
        }
        notes
    }
}

/// Merges `layers`, given in any order. `trusted` says whether the repository layer counts in full, as far as a
/// repository's can: rights (`grants`, `tokens`, `sandbox`, `trust`, `organisation`) it never gives.
pub fn merge(layers: &[Layer], trusted: bool) -> Settings {
    let mut sorted: Vec<&Layer> = layers.iter().collect();
    sorted.sort_by_key(|layer| layer.level);
    let mut merge = Merge {
        layers: sorted,
        trusted,
        journal: Journal::default(),
        ignored: Vec::new(),
    };
    Settings {
        select: merge.list(&keys::RULES_SELECT, |layer| layer.select.as_ref()),
        ignore: merge.list(&keys::RULES_IGNORE, |layer| layer.ignore.as_ref()),
        fail_on: merge.scalar(
            &keys::RULES_FAIL_ON,
            |layer| layer.fail_on.as_ref(),
            |v| quoted(v.word()),
            at_most,
        ),
        confidence: merge.scalar(
            &keys::RULES_CONFIDENCE,
            |layer| layer.confidence.as_ref(),
            |v| quoted(v.word()),
            at_most,
        ),
        off: merge.records(
            &keys::RULES_OFF,
            |layer| &layer.off,
            |off| format!("{} ({})", off.id, off.reason),
        ),
        waivers: merge.records(&keys::WAIVE, |layer| &layer.waivers, show_waiver),
        exclude: merge.list(&keys::EXCLUDE, |layer| layer.exclude.as_ref()),
        entry_points: merge.list(&keys::ENTRY_POINTS, |layer| layer.entry_points.as_ref()),
        budgets: merge.map(
            &keys::BUDGETS,
            |layer| &layer.budgets,
            MetricName::as_str,
            show_limit,
            is_lower,
        ),
        max_file_size: merge.scalar(
            &keys::SCAN_MAX_FILE_SIZE,
            |layer| layer.max_file_size.as_ref(),
            |bytes| format!("\"{bytes} B\""),
            never,
        ),
        jobs: merge.scalar(
            &keys::SCAN_JOBS,
            |layer| layer.jobs.as_ref(),
            u32::to_string,
            never,
        ),
        history: merge.scalar(
            &keys::HISTORY_ENABLED,
            |layer| layer.history.as_ref(),
            bool::to_string,
            never,
        ),
        format: merge.chosen(
            keys::OUTPUT_FORMAT.who,
            keys::OUTPUT_FORMAT.name,
            |layer| layer.format.as_ref(),
            |v| quoted(v),
            never,
        ),
        color: merge.scalar(
            &keys::OUTPUT_COLOR,
            |layer| layer.color.as_ref(),
            |v| quoted(v.word()),
            never,
        ),
        organisation_dirs: merge.list(&keys::ORGANISATION_DIRS, |layer| {
            layer.organisation_dirs.as_ref()
        }),
        trust: merge.records(
            &keys::TRUST,
            |layer| &layer.trust,
            |trust| quoted(&trust.repository),
        ),
        sandbox: merge.scalar(
            &keys::SANDBOX_MODE,
            |layer| layer.sandbox.as_ref(),
            |v| quoted(v.word()),
            never,
        ),
        grants_network: merge.list(&keys::GRANTS_NETWORK, |layer| layer.grants_network.as_ref()),
        grants_allow: merge.list(&keys::GRANTS_ALLOW, |layer| layer.grants_allow.as_ref()),
        grants_files: merge.list(&keys::GRANTS_FILES, |layer| layer.grants_files.as_ref()),
        plugin_keys: merge.list(&keys::PLUGINS_KEYS, |layer| layer.plugin_keys.as_ref()),
        require_lock: merge.scalar(
            &keys::PLUGINS_REQUIRE_LOCK,
            |layer| layer.require_lock.as_ref(),
            bool::to_string,
            never,
        ),
        require_signature: merge.scalar(
            &keys::PLUGINS_REQUIRE_SIGNATURE,
            |layer| layer.require_signature.as_ref(),
            bool::to_string,
            never,
        ),
        tokens: merge.map(
            &keys::TOKENS,
            |layer| &layer.tokens,
            String::as_str,
            |_| "(hidden)".to_owned(),
            never,
        ),
        ignored: merge.ignored,
        journal: merge.journal,
    }
}

struct Merge<'l> {
    layers: Vec<&'l Layer>,
    trusted: bool,
    journal: Journal,
    ignored: Vec<Ignored>,
}

impl<'l> Merge<'l> {
    fn scalar<T: Clone + 'l>(
        &mut self,
        key: &Key,
        get: impl Fn(&'l Layer) -> Option<&'l Sourced<T>>,
        show: impl Fn(&T) -> String,
        tightens: impl Fn(&T, &T) -> bool,
    ) -> Option<T> {
        self.chosen(key.who, key.name, get, show, tightens)
            .map(|chosen| chosen.value)
    }

    /// The last value that its layer may set. `tightens(new, old)` says whether an untrusted repository's value is
    /// stricter than the one in force.
    fn chosen<T: Clone + 'l>(
        &mut self,
        who: Who,
        name: &str,
        get: impl Fn(&'l Layer) -> Option<&'l Sourced<T>>,
        show: impl Fn(&T) -> String,
        tightens: impl Fn(&T, &T) -> bool,
    ) -> Option<Sourced<T>> {
        let mut chosen: Option<&Sourced<T>> = None;
        let written: Vec<&'l Sourced<T>> = self.layers.iter().copied().filter_map(get).collect();
        for next in written {
            let stricter = chosen.is_none_or(|old| tightens(&next.value, &old.value));
            if self.admit(
                who,
                name,
                &next.origin,
                show(&next.value),
                stricter,
                Fate::Wins,
            ) {
                chosen = Some(next);
            }
        }
        chosen.cloned()
    }

    fn list(
        &mut self,
        key: &Key,
        get: impl Fn(&'l Layer) -> Option<&'l List>,
    ) -> Vec<Sourced<String>> {
        let mut items = Vec::new();
        let written: Vec<&'l List> = self.layers.iter().copied().filter_map(get).collect();
        for list in written {
            // Replacing what the auditor excludes would be more than tightening.
            let untrusted = list.origin.level == Level::Repository && !self.trusted;
            let adds = list.extend || untrusted;
            let shown: Vec<String> = list.items.iter().map(|item| quoted(&item.value)).collect();
            let fate = if adds { Fate::Adds } else { Fate::Wins };
            if self.admit(
                key.who,
                key.name,
                &list.origin,
                format!("[{}]", shown.join(", ")),
                true,
                fate,
            ) {
                if !adds {
                    items.clear();
                }
                items.extend(list.items.iter().cloned());
            }
        }
        items
    }

    /// Tables in a list (`[[...]]`) always add up: each stands for itself.
    fn records<T: Clone + 'l>(
        &mut self,
        key: &Key,
        get: impl Fn(&'l Layer) -> &'l Vec<Sourced<T>>,
        show: impl Fn(&T) -> String,
    ) -> Vec<Sourced<T>> {
        let mut records = Vec::new();
        let written: Vec<&'l Sourced<T>> = self.layers.iter().copied().flat_map(get).collect();
        for record in written {
            if self.admit(
                key.who,
                key.name,
                &record.origin,
                show(&record.value),
                true,
                Fate::Adds,
            ) {
                records.push(record.clone());
            }
        }
        records
    }

    fn map<K: Ord + Clone + 'l, T: Clone + 'l>(
        &mut self,
        key: &Key,
        get: impl Fn(&'l Layer) -> &'l BTreeMap<K, Sourced<T>>,
        name: impl Fn(&K) -> &str,
        show: impl Fn(&T) -> String,
        tightens: impl Fn(&T, &T) -> bool,
    ) -> BTreeMap<K, Sourced<T>> {
        let table = key.name.trim_end_matches('*');
        let names: BTreeSet<&'l K> = self
            .layers
            .iter()
            .copied()
            .flat_map(|layer| get(layer).keys())
            .collect();
        let chosen = names.into_iter().filter_map(|entry| {
            let full = format!("{table}{}", name(entry));
            let value = self.chosen(
                key.who,
                &full,
                |layer| get(layer).get(entry),
                &show,
                &tightens,
            )?;
            Some((entry.clone(), value))
        });
        chosen.collect()
    }

    /// Whether a value's layer may set it; notes what became of it.
    fn admit(
        &mut self,
        who: Who,
        name: &str,
        origin: &Origin,
        shown: String,
        stricter: bool,
        fate: Fate,
    ) -> bool {
        let untrusted = origin.level == Level::Repository && !self.trusted;
        let refused = match who {
            Who::User if matches!(origin.level, Level::Organisation | Level::Repository) => {
                Some((false, "only the user's own settings may set it"))
            }
            Who::Auditor if untrusted => Some((true, "the repository is not trusted")),
            Who::Tightening if untrusted && !stricter => Some((
                true,
                "an untrusted repository may only tighten, and this is looser",
            )),
            _ => None,
        };
        let fate = match refused {
            Some((by_trust, why)) => {
                self.ignored.push(Ignored {
                    key: name.to_owned(),
                    shown: shown.clone(),
                    origin: origin.clone(),
                    by_trust,
                });
                Fate::Ignored(why.to_owned())
            }
            None => fate,
        };
        self.journal.note(
            name,
            Entry {
                shown,
                origin: origin.clone(),
                fate,
            },
        );
        refused.is_none()
    }
}

fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

fn show_limit(limit: &Quantity) -> String {
    quoted(&limit.unit.show(limit.value))
}

fn show_waiver(waiver: &Waiver) -> String {
    let until = waiver
        .until
        .map(|day| format!(", until {day}"))
        .unwrap_or_default();
    format!(
        "{} in {} ({}{until})",
        waiver.rule, waiver.path, waiver.reason
    )
}

fn at_most<T: Ord>(new: &T, old: &T) -> bool {
    new <= old
}

fn is_lower(new: &Quantity, old: &Quantity) -> bool {
    new.unit == old.unit && new.value <= old.value
}

fn never<T>(_: &T, _: &T) -> bool {
    false
}
