//! `perfctl.lock` (`schema = "perfctl.lock/1"`): the plugins of a directory, each with where it came from and the digest of its bytes.
//!
//! It is written by `perfctl plugin` and read at every run: a plugin whose bytes are not these does not run. What a plugin asks for and
//! which rules it has stand here as well, so that whoever reviews a change of the lock sees what changes.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use perfctl_core::ids::RuleId;

use crate::diagnose::Faults;
use crate::names;
use crate::rule::Capability;
use crate::table::{Document, Refusal, Table, Value};

/// The schema that this version reads and writes.
pub const SCHEMA: &str = "perfctl.lock/1";

/// The file's name.
pub const FILE: &str = "perfctl.lock";

/// One `[[plugin]]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Locked {
    /// The id of its pack.
    pub id: String,
    /// Its version: three numbers joined by dots.
    pub version: String,
    /// Where it came from, as the user wrote it.
    pub source: String,
    /// What the source stood for: a commit, or the digest of a manifest.
    pub revision: Option<String>,
    /// SHA-256 of its file, 64 lower-case hexadecimal digits.
    pub sha256: String,
    /// The version of the contract that its component was built for; `None` for a pack of scripts.
    pub contract: Option<String>,
    /// The public key of minisign that signed it.
    pub signed_by: Option<String>,
    /// What it asks for, sorted.
    pub capabilities: Vec<Capability>,
    /// Its rules, sorted.
    pub rules: Vec<RuleId>,
    /// Names of its collectors, sorted.
    pub collectors: Vec<String>,
    /// Options of its collectors with what is asked of their values, as [`option_of`] writes them, sorted; `None` in a lock that was written before they stood there.
    pub options: Option<Vec<String>>,
    /// Names of its formats of reports, sorted.
    pub formats: Vec<String>,
    /// The line on which it begins; 0 for one that was not read.
    pub line: u32,
}

/// The plugins of a directory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lock {
    /// Plugins by id, sorted.
    pub plugins: Vec<Locked>,
}

impl Lock {
    /// Reads the lock in `text`, which came from `path`.
    ///
    /// # Errors
    /// Every fault of the file.
    pub fn read(path: &str, text: &str) -> Result<Self, Faults> {
        Document::parse(path, text)?.read(|table| {
            table.schema(SCHEMA);
            let mut plugins = table.tables("plugin", locked);
            let mut seen = BTreeSet::new();
            for plugin in &plugins {
                if !seen.insert(plugin.id.clone()) {
                    table.report(table.fault(format!("`{}` is locked twice", plugin.id)));
                }
            }
            plugins.sort_by(|one, other| one.id.cmp(&other.id));
            Some(Self { plugins })
        })
    }

    /// The plugin of that id.
    pub fn find(&self, id: &str) -> Option<&Locked> {
        self.plugins.iter().find(|plugin| plugin.id == id)
    }

    /// Puts a plugin in, in place of the one with its id.
    pub fn put(&mut self, plugin: Locked) {
        self.remove(&plugin.id);
        let at = self.plugins.partition_point(|other| other.id < plugin.id);
        self.plugins.insert(at, plugin);
    }

    /// Takes the plugin of that id out.
    pub fn remove(&mut self, id: &str) -> Option<Locked> {
        let at = self.plugins.iter().position(|plugin| plugin.id == id)?;
        Some(self.plugins.remove(at))
    }

    /// The file's text; the same for the same plugins.
    pub fn write(&self) -> String {
        let mut out = String::from(
            "# Written by `perfctl plugin add`, `update` and `remove`; keep it under version control.\n",
        );
        let _ = writeln!(out, "schema = {}", quoted(SCHEMA));
        for plugin in &self.plugins {
            out.push_str("\n[[plugin]]\n");
            let mut line = |key: &str, text: &str| {
                let _ = writeln!(out, "{key} = {}", quoted(text));
            };
            line("id", &plugin.id);
            line("version", &plugin.version);
            line("source", &plugin.source);
            if let Some(revision) = &plugin.revision {
                line("revision", revision);
            }
            line("sha256", &plugin.sha256);
            if let Some(contract) = &plugin.contract {
                line("contract", contract);
            }
            if let Some(key) = &plugin.signed_by {
                line("signed_by", key);
            }
            let words = plugin.capabilities.iter().map(|one| quoted(one.word()));
            let words: Vec<String> = words.collect();
            let _ = writeln!(out, "capabilities = [{}]", words.join(", "));
            let mut list = |key: &str, names: &[&str]| {
                let _ = writeln!(out, "{key} = [");
                for name in names {
                    let _ = writeln!(out, "  {},", quoted(name));
                }
                out.push_str("]\n");
            };
            let rules: Vec<&str> = plugin.rules.iter().map(RuleId::as_str).collect();
            list("rules", &rules);
            // A plugin is one of these, and most are rules.
            let options = plugin.options.as_deref().unwrap_or_default();
            for (key, names) in [
                ("collectors", plugin.collectors.as_slice()),
                ("options", options),
                ("formats", &plugin.formats),
            ] {
                let names: Vec<&str> = names.iter().map(String::as_str).collect();
                // That a collector has no options is something to know, too.
                if !names.is_empty() || key == "options" && plugin.has_known_options() {
                    list(key, &names);
                }
            }
        }
        out
    }
}

impl Locked {
    /// Whether its collectors' options stand in its lock.
    fn has_known_options(&self) -> bool {
        !self.collectors.is_empty() && self.options.is_some()
    }
}

/// What a lock says of an option of a collector: both names, and what is asked of its value, as `plugin inspect` shows it.
pub fn option_of(collector: &str, option: &str, asked: &str) -> String {
    format!("{collector}.{option}{asked}")
}

/// The names in what a lock says of an option, and what is asked of its value.
pub fn split_option(text: &str) -> (&str, &str) {
    text.split_at(text.find(',').unwrap_or(text.len()))
}

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

fn locked(table: &Table<'_>) -> Option<Locked> {
    let id = table
        .need("id", "\"acme\"")
        .and_then(|value| value.parsed(names::word));
    if let Some(id) = &id {
        table.call(format!("the plugin {id}"));
    }
    let version = table.one_line("version", "\"1.0.0\"");
    let source = table.one_line("source", "\"https://...\"");
    let revision = table.value("revision");
    let revision =
        revision.and_then(|value| value.parsed(|text| revised(text, source.unwrap_or_default())));
    let sha256 = table
        .need("sha256", "\"64 hexadecimal digits\"")
        .and_then(|value| value.parsed(digest));
    let line =
        |value: Option<Value<'_>>| value.and_then(|value| value.one_line().map(str::to_owned));
    let words = Capability::ALL.map(|capability| (capability.word(), capability));
    let capabilities = table.texts("capabilities").into_iter();
    let rules = table.texts("rules").into_iter();
    let mut locked = Locked {
        version: version?.to_owned(),
        source: source?.to_owned(),
        revision,
        contract: line(table.value("contract")),
        signed_by: line(table.value("signed_by")),
        capabilities: capabilities
            .filter_map(|value| value.word(&words))
            .collect(),
        rules: rules
            .filter_map(|value| value.parsed(names::rule_id))
            .collect(),
        collectors: named(table, "collectors", names::word),
        options: table
            .has("options")
            .then(|| named(table, "options", option)),
        formats: named(table, "formats", names::word),
        line: table.line(),
        id: id?,
        sha256: sha256?,
    };
    locked.capabilities.sort();
    locked.rules.sort();
    Some(locked)
}

/// Whether a text is that many lower-case hexadecimal digits.
fn is_hexadecimal(text: &str, digits: usize) -> bool {
    let is_digit = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
    text.len() == digits && text.bytes().all(is_digit)
}

/// The state of a source. It becomes a part of the address that is asked, so it is what `perfctl plugin` writes, and no name that
/// may stand for something else tomorrow.
fn revised(text: &str, source: &str) -> Result<String, Refusal> {
    let is_registry = ["oci://", "oci+http://"]
        .iter()
        .any(|scheme| source.starts_with(scheme));
    let digest = text.strip_prefix("sha256:");
    let (is_one, what, form) = match is_registry {
        true => (
            digest.is_some_and(|digest| is_hexadecimal(digest, 64)),
            "the digest of a manifest",
            "`sha256:` and 64 lower-case hexadecimal digits",
        ),
        false => (
            is_hexadecimal(text, 40) || is_hexadecimal(text, 64),
            "a commit",
            "40 or 64 lower-case hexadecimal digits",
        ),
    };
    match is_one {
        true => Ok(text.to_owned()),
        false => Err(Refusal::new(format!("this is not {what}"))
            .hint(format!("`perfctl plugin add` writes it: {form}"))),
    }
}

/// A list of names, sorted.
fn named(
    table: &Table<'_>,
    key: &'static str,
    read: impl Fn(&str) -> Result<String, Refusal>,
) -> Vec<String> {
    let names = table.texts(key).into_iter();
    let mut names: Vec<String> = names.filter_map(|value| value.parsed(&read)).collect();
    names.sort();
    names
}

/// An option of a collector, both by names that collectors and options may have, with what is asked of it.
fn option(text: &str) -> Result<String, Refusal> {
    let (name, asked) = split_option(text);
    let is_one = asked.is_empty()
        || asked.len() > 2 && asked.starts_with(", ") && !asked.contains(char::is_control);
    if !is_one {
        return Err(
            Refusal::new("what is asked of an option stands behind a comma and a blank")
                .hint("`perfctl plugin add` writes it: `COLLECTOR.OPTION, required`"),
        );
    }
    let (collector, option) = name.split_once('.').ok_or_else(|| {
        Refusal::new(format!("`{text}` is no option of a collector"))
            .hint("`perfctl plugin add` writes it: `COLLECTOR.OPTION`, and behind a comma what is asked of it")
    })?;
    let (collector, option) = (names::word(collector)?, names::word(option)?);
    Ok(option_of(&collector, &option, asked))
}

fn digest(text: &str) -> Result<String, Refusal> {
    if is_hexadecimal(text, 64) {
        return Ok(text.to_owned());
    }
    Err(Refusal::new("this is not a SHA-256")
        .hint("`perfctl plugin add` writes it: 64 lower-case hexadecimal digits"))
}

#[cfg(test)]
pub(crate) mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A file with every key.
    pub(crate) const FULL: &str = "\
# Written by `perfctl plugin add`, `update` and `remove`; keep it under version control.
schema = \"perfctl.lock/1\"

[[plugin]]
id = \"acme\"
version = \"1.2.0\"
source = \"oci://registry.example/acme:1.2\"
revision = \"sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\"
sha256 = \"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\"
contract = \"0.1.0\"
signed_by = \"RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3\"
capabilities = [\"files\"]
rules = [
  \"ACME-001\",
  \"ACME-002\",
]

[[plugin]]
id = \"tools\"
version = \"0.1.0\"
source = \"./tools.wasm\"
sha256 = \"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\"
contract = \"0.1.0\"
capabilities = []
rules = [
]
collectors = [
  \"acme-tool\",
]
options = [
  \"acme-tool.path, required\",
]
formats = [
  \"acme-page\",
]
";

    #[test]
    fn what_is_written_is_read() {
        let lock = Lock::read("perfctl.lock", FULL).expect("in order");
        assert_eq!(lock.plugins.len(), 2);
        assert_eq!(lock.plugins[1].collectors, ["acme-tool"]);
        assert_eq!(lock.plugins[1].formats, ["acme-page"]);
        let options = lock.plugins[1].options.as_deref();
        assert_eq!(options, Some(&["acme-tool.path, required".to_owned()][..]));
        assert_eq!(lock.write(), FULL);
        assert_eq!(lock.find("acme").map(|plugin| plugin.line), Some(4));
        let empty = Lock::default().write();
        assert_eq!(Lock::read("perfctl.lock", &empty), Ok(Lock::default()));
    }

    #[test]
    fn a_lock_from_before_options_stood_in_it_is_read_and_stays_as_it_is() {
        let without = FULL.replace("options = [\n  \"acme-tool.path, required\",\n]\n", "");
        let lock = Lock::read("perfctl.lock", &without).expect("in order");
        assert_eq!(lock.plugins[1].options, None);
        assert_eq!(lock.write(), without);
        // Which is something else than a collector without options.
        let none = FULL.replace("  \"acme-tool.path, required\",\n", "");
        let lock = Lock::read("perfctl.lock", &none).expect("in order");
        assert_eq!(lock.plugins[1].options, Some(Vec::new()));
        assert_eq!(lock.write(), none);
    }

    #[test]
    fn a_plugin_takes_the_place_of_its_older_self() {
        let mut lock = Lock::read("perfctl.lock", FULL).expect("in order");
        let acme = lock.plugins[0].clone();
        for (id, version) in [("zeta", "1.0.0"), ("acme", "2.0.0"), ("abel", "1.0.0")] {
            lock.put(Locked {
                id: id.to_owned(),
                version: version.to_owned(),
                ..acme.clone()
            });
        }
        let all = lock.plugins.iter();
        let all: Vec<&str> = all.map(|plugin| plugin.id.as_str()).collect();
        assert_eq!(all, ["abel", "acme", "tools", "zeta"]);
        assert_eq!(
            lock.remove("acme").map(|it| it.version),
            Some("2.0.0".to_owned())
        );
        assert_eq!(lock.remove("acme"), None);
    }

    #[test]
    fn faults_name_the_plugin_and_what_to_write() {
        for (was, becomes, said) in [
            (
                "\nsha256 = \"0123",
                "\nsha256 = \"X123",
                "this is not a SHA-256",
            ),
            (
                "revision = \"sha256:0123",
                "revision = \"../../other/blobs/x?y=1#0123",
                "this is not the digest of a manifest",
            ),
            ("oci://", "git+https://", "this is not a commit"),
            (
                "version = \"1.2.0\"",
                "version = \"1.2.0\\n  asks for    nothing\"",
                "`version` is more than a line",
            ),
            (
                "version = \"1.2.0\"\n",
                "",
                "missing key `version` in the plugin acme",
            ),
            (
                "id = \"acme\"",
                "id = \"../acme\"",
                "`../acme` is not a name",
            ),
            ("\"files\"", "\"network\"", "network"),
            ("\"ACME-001\"", "\"acme-001\"", "did you mean `ACME-001`?"),
            ("revision", "revison", "did you mean `revision`?"),
            (
                "acme-tool.path, required",
                "acme-tool",
                "is no option of a collector",
            ),
            (
                "path, required",
                "path,required",
                "behind a comma and a blank",
            ),
            ("path, required", "path, ", "behind a comma and a blank"),
            (
                "path, required",
                "path, requi\\nred",
                "behind a comma and a blank",
            ),
            (
                "acme-tool.path",
                "acme-tool.a path",
                "`a path` is not a name",
            ),
            ("perfctl.lock/1", "perfctl.lock/2", "perfctl.lock/2"),
        ] {
            let faults = Lock::read("l", &FULL.replace(was, becomes)).expect_err(becomes);
            assert!(faults.to_string().contains(said), "{faults}");
        }
        let commit = FULL
            .replace("oci://", "git+https://")
            .replace("sha256:", "");
        assert!(Lock::read("l", &commit).is_ok());
        let second = FULL.split_once("[[plugin]]").expect("there").1;
        let twice = format!("{FULL}\n[[plugin]]{second}");
        let faults = Lock::read("l", &twice).expect_err("twice");
        assert!(
            faults.to_string().contains("`acme` is locked twice"),
            "{faults}"
        );
    }

    proptest! {
        #[test]
        fn any_source_is_kept(source in "[^\\p{Cc}\\s]\\PC{0,30}") {
            let mut lock = Lock::read("perfctl.lock", FULL).expect("in order");
            lock.plugins[0].source = source.clone();
            lock.plugins[0].revision = None;
            let read = Lock::read("perfctl.lock", &lock.write()).expect("in order");
            prop_assert_eq!(&read.plugins[0].source, &source);
        }
    }
}
