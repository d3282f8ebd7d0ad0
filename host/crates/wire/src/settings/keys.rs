//! The keys that exist, what they mean, and who may set them.

/// Who may set a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Every layer; an untrusted repository only what makes the audit stricter or describes the repository.
    Tightening,
    /// Every layer; the repository only when it is trusted.
    Auditor,
    /// The user's settings and the command line, nothing else: it gives away rights.
    User,
}

/// A key with its meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// Its name, tables joined by dots. A name ending in `.*` has free names below it.
    pub name: &'static str,
    /// What it sets, in one line.
    pub help: &'static str,
    /// Who may set it.
    pub who: Who,
}

const fn key(name: &'static str, who: Who, help: &'static str) -> Key {
    Key { name, help, who }
}

pub(super) const BUDGETS: Key = key(
    "budgets.*",
    Who::Tightening,
    "largest value of a metric; only lowers what a recipe allows",
);
pub(super) const ENTRY_POINTS: Key = key(
    "entry_points",
    Who::Tightening,
    "modules or files at which a process starts",
);
pub(super) const EXCLUDE: Key = key(
    "exclude",
    Who::Tightening,
    "globs of paths that are not looked at",
);
pub(super) const GRANTS_ALLOW: Key = key(
    "grants.allow",
    Who::User,
    "steps that may run although they ask for consent",
);
pub(super) const GRANTS_FILES: Key = key(
    "grants.files",
    Who::User,
    "plugins that may read every file of a repository, by the ids of their packs",
);
pub(super) const GRANTS_NETWORK: Key = key(
    "grants.network",
    Who::User,
    "steps that may use the network",
);
pub(super) const HISTORY_ENABLED: Key = key(
    "history.enabled",
    Who::Auditor,
    "whether runs remember when findings came and went",
);
pub(super) const ORGANISATION_DIRS: Key = key(
    "organisation.dirs",
    Who::User,
    "directories with an organisation's settings and packs",
);
pub(super) const OUTPUT_COLOR: Key = key(
    "output.color",
    Who::Auditor,
    "whether the terminal gets colours",
);
pub(super) const OUTPUT_FORMAT: Key = key(
    "output.format",
    Who::Auditor,
    "format of what is printed, perfctl's own or a plugin's",
);
pub(super) const PLUGINS_KEYS: Key = key(
    "plugins.keys",
    Who::User,
    "public keys of minisign whose signatures of plugins count",
);
pub(super) const PLUGINS_REQUIRE_LOCK: Key = key(
    "plugins.require_lock",
    Who::User,
    "whether only plugins run that a perfctl.lock names",
);
pub(super) const PLUGINS_REQUIRE_SIGNATURE: Key = key(
    "plugins.require_signature",
    Who::User,
    "whether only plugins run that one of the keys signed, and no folders of scripts",
);
pub(super) const RULES_CONFIDENCE: Key = key(
    "rules.confidence",
    Who::Tightening,
    "lowest confidence that counts",
);
pub(super) const RULES_FAIL_ON: Key = key(
    "rules.fail_on",
    Who::Tightening,
    "lowest severity that fails the run",
);
pub(super) const RULES_IGNORE: Key = key("rules.ignore", Who::Auditor, "rules that do not run");
pub(super) const RULES_OFF: Key = key(
    "rules.off",
    Who::Tightening,
    "rules switched off, each with a reason",
);
pub(super) const RULES_SELECT: Key = key(
    "rules.select",
    Who::Auditor,
    "rules that run; empty for all",
);
pub(super) const SANDBOX_MODE: Key =
    key("sandbox.mode", Who::User, "whether commands need a sandbox");
pub(super) const SCAN_JOBS: Key = key(
    "scan.jobs",
    Who::Auditor,
    "threads that scan; all processors when not set",
);
pub(super) const SCAN_MAX_FILE_SIZE: Key = key(
    "scan.max_file_size",
    Who::Auditor,
    "largest file that is parsed",
);
pub(super) const TOKENS: Key = key("tokens.*", Who::User, "tokens by host");
pub(super) const TRUST: Key = key(
    "trust.repository",
    Who::User,
    "repositories whose own rules and commands may run",
);
pub(super) const WAIVE: Key = key(
    "waive",
    Who::Tightening,
    "findings that are known and accepted, each with a reason",
);

/// Every key, by name.
pub const KEYS: [Key; 24] = [
    BUDGETS,
    ENTRY_POINTS,
    EXCLUDE,
    GRANTS_ALLOW,
    GRANTS_FILES,
    GRANTS_NETWORK,
    HISTORY_ENABLED,
    ORGANISATION_DIRS,
    OUTPUT_COLOR,
    OUTPUT_FORMAT,
    PLUGINS_KEYS,
    PLUGINS_REQUIRE_LOCK,
    PLUGINS_REQUIRE_SIGNATURE,
    RULES_CONFIDENCE,
    RULES_FAIL_ON,
    RULES_IGNORE,
    RULES_OFF,
    RULES_SELECT,
    SANDBOX_MODE,
    SCAN_JOBS,
    SCAN_MAX_FILE_SIZE,
    TOKENS,
    TRUST,
    WAIVE,
];
