//! What is different between the plugin that a lock names and the one that would take its place.

use std::fmt::Write as _;

use perfctl_core::ids::RuleId;
use perfctl_wire::lock::{Locked, option_of, split_option};
use perfctl_wire::rule::Capability;

use super::asked::Asked;
use super::heads::{Before, Heads};
use super::package::Package;
use crate::settings::user_file;

/// Digits of a commit or a digest that tell it from others of its plugin.
const DIGITS: usize = 12;

/// What changes, a line each; empty when nothing does. Where it is not known what the old one said, that is said.
pub(crate) fn between(
    old: &Locked,
    new: &Locked,
    package: &Package,
    before: &Before,
) -> Vec<String> {
    if old.sha256 == new.sha256 && old.source == new.source && old.signed_by == new.signed_by {
        return Vec::new();
    }
    let mut lines: Vec<String> = version(old, new).into_iter().collect();
    let mut line = |label: &str, text: String| lines.push(on_a_line(label, &text));
    if old.version == new.version && old.sha256 != new.sha256 {
        line(
            "content",
            format!("changed, though the version is {} still", old.version),
        );
    }
    if old.revision != new.revision {
        let of = |revision: &Option<String>| revision.as_deref().map_or("none".to_owned(), short);
        line(
            "revision",
            format!("{} -> {}", of(&old.revision), of(&new.revision)),
        );
    }
    if old.sha256 != new.sha256 {
        line(
            "sha256",
            format!("{} -> {}", short(&old.sha256), short(&new.sha256)),
        );
    }
    lines.extend(declared(old, new, package));
    let contents = contents(old, new, package, before).into_iter();
    lines.extend(contents.map(|(label, text)| on_a_line(label, &text)));
    lines
}

/// What a lock says otherwise of a plugin than the plugin itself, whose bytes are those of the lock: somebody wrote it by hand.
pub(crate) fn misstated(said: &Locked, is: &Locked, package: &Package) -> Vec<String> {
    let version = version(said, is).into_iter();
    version.chain(declared(said, is, package)).collect()
}

fn version(old: &Locked, new: &Locked) -> Option<String> {
    let older = match is_older(&new.version, &old.version) {
        true => ", an older one",
        false => "",
    };
    let text = format!("{} -> {}{older}", old.version, new.version);
    (old.version != new.version).then(|| on_a_line("version", &text))
}

/// What changes of what the lock holds beside bytes and version.
fn declared(old: &Locked, new: &Locked, package: &Package) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = |label: &str, text: String| lines.push(on_a_line(label, &text));
    if old.source != new.source {
        line("source", format!("{} -> {}", old.source, new.source));
    }
    if old.contract != new.contract {
        let of = |contract: &Option<String>| match contract {
            Some(version) => format!("component of contract {version}"),
            None => "pack of scripts".to_owned(),
        };
        line(
            "contract",
            format!("{} -> {}", of(&old.contract), of(&new.contract)),
        );
    }
    if old.signed_by != new.signed_by {
        let of = |key: &Option<String>| key.clone().unwrap_or_else(|| "nobody".to_owned());
        line(
            "signed by",
            format!("{} -> {}", of(&old.signed_by), of(&new.signed_by)),
        );
    }
    for capability in Capability::ALL {
        let (had, has) = (
            old.capabilities.contains(&capability),
            new.capabilities.contains(&capability),
        );
        let (word, about) = (capability.word(), capability.about());
        match (had, has) {
            (false, true) => line(
                "asks now",
                format!(
                    "+ {word}: {about}; rules that need it are `error` until {} say `[grants] {word} = [\"{}\"]`",
                    user_file(),
                    new.id
                ),
            ),
            (true, false) => line("no longer", format!("- {word}: {about}")),
            _ => {}
        }
    }
    for (id, rule) in &package.rules {
        if !old.rules.contains(id) {
            let severity = rule.severity.word();
            line("new rule", format!("+ {id} ({severity}) {}", rule.title));
        }
    }
    for id in old.rules.iter().filter(|id| !new.rules.contains(id)) {
        line("rule gone", format!("- {id}"));
    }
    for head in &package.pack.collectors {
        if !old.collectors.contains(&head.name) {
            line("new", format!("+ collector {}: {}", head.name, head.about));
        }
    }
    for text in options(old, package) {
        line("option", text);
    }
    for head in &package.pack.reporters {
        if !old.formats.contains(&head.name) {
            line("new", format!("+ format {}: {}", head.name, head.about));
        }
    }
    let gone = |had: &[String], has: &[String]| -> Vec<String> {
        let gone = had.iter().filter(|name| !has.contains(name));
        gone.cloned().collect()
    };
    for name in gone(&old.collectors, &new.collectors) {
        line("gone", format!("- collector {name}"));
    }
    for name in gone(&old.formats, &new.formats) {
        line("gone", format!("- format {name}"));
    }
    lines
}

/// What changes of the texts and the code, a label and a sentence each; what comes or goes as a whole rule is told elsewhere.
fn contents(
    old: &Locked,
    new: &Locked,
    package: &Package,
    before: &Before,
) -> Vec<(&'static str, String)> {
    if old.sha256 == new.sha256 {
        return Vec::new();
    }
    let unknown = |why: &str| {
        let text = format!("what changes of it beside that is not known: {why}");
        vec![("content", text)]
    };
    let before = match before {
        Before::Known(before) => before,
        Before::Unknown(why) => return unknown(why),
    };
    let Some(now) = Heads::carried(&package.bytes) else {
        return unknown("the new file cannot be read");
    };
    let stay = new.rules.iter().filter(|id| old.rules.contains(id));
    let mut all: Vec<(&str, String)> = stay
        .filter_map(|id| {
            let changes = before.changes(&now, id);
            (!changes.is_empty()).then(|| ("rule", format!("~ {id}: {}", changes.join("; "))))
        })
        .collect();
    let either: Vec<RuleId> = old.rules.iter().chain(&new.rules).cloned().collect();
    all.extend(before.beside(&now, &either));
    all
}

/// The beginning of a commit or a digest.
fn short(text: &str) -> String {
    let (kind, digits) = text.rsplit_once(':').unwrap_or(("", text));
    let digits: String = digits.chars().take(DIGITS).collect();
    match kind.is_empty() {
        true => digits,
        false => format!("{kind}:{digits}"),
    }
}

/// What changes of the options of collectors that stay: those of a new one come with it, and those of one that goes go with it. A lock from
/// before they stood there says nothing of what they were.
fn options(old: &Locked, package: &Package) -> Vec<String> {
    let has = package.options();
    let mut texts = Vec::new();
    for head in &package.pack.collectors {
        if !old.collectors.contains(&head.name) {
            continue;
        }
        for (name, help) in &head.options {
            // Recipes of before do not give one that is required, and may give what is no longer allowed.
            let asked = Asked::of(head, name);
            let (asks, option) = (asked.text(), option_of(&head.name, name, ""));
            let Some(had) = &old.options else {
                texts.push(format!(
                    "{option}: {help}{asks} (the lock did not say which there were)"
                ));
                continue;
            };
            let mut had = had.iter().map(|text| split_option(text));
            match had.find(|(name, _)| *name == option) {
                None => texts.push(format!("+ {option}: {help}{asks}")),
                Some((_, written)) => {
                    let before = Asked::read(written);
                    if before != asked {
                        let before = before.text();
                        texts.push(format!(
                            "{option}: {} now, {} before",
                            what(&asks),
                            what(&before)
                        ));
                    }
                }
            }
        }
    }
    let gone = old.options.iter().flatten();
    let stays = |option: &&String| {
        let collector = option.split_once('.').map_or("", |(name, _)| name);
        let mut collectors = package.pack.collectors.iter();
        collectors.any(|head| head.name == collector)
    };
    let has: Vec<&str> = has.iter().map(|text| split_option(text).0).collect();
    let gone = gone.filter(stays).map(|option| split_option(option).0);
    let gone = gone.filter(|name| !has.contains(name));
    texts.extend(gone.map(|name| format!("- {name}: recipes that give it are refused")));
    texts
}

/// What is asked of an option's value, within a line.
fn what(asked: &str) -> &str {
    match asked.trim_start_matches([',', ' ']) {
        "" => "any value or none",
        some => some,
    }
}

/// A label with a text, which is a stranger's and must not begin a line of its own: people agree to what they read here.
fn on_a_line(label: &str, text: &str) -> String {
    format!("{label:<12}{}", perfctl_report::neutral_line(text))
}

/// Whether a version comes before another, by its three numbers.
fn is_older(new: &str, old: &str) -> bool {
    let numbers = |version: &str| -> Option<Vec<u64>> {
        let core = version.split(['-', '+']).next()?;
        core.split('.').map(|part| part.parse().ok()).collect()
    };
    numbers(new)
        .zip(numbers(old))
        .is_some_and(|(new, old)| new < old)
}

/// What a plugin is, for who adds it.
pub(crate) fn introduction(locked: &Locked, package: &Package, is_granted: bool) -> String {
    let mut out = String::new();
    let mut line = |label: &str, text: &str| {
        let _ = writeln!(out, "  {}", on_a_line(label, text));
    };
    line("source", &locked.source);
    if let Some(revision) = &locked.revision {
        line("revision", revision);
    }
    line("sha256", &locked.sha256);
    match &locked.contract {
        Some(version) => line("contract", version),
        None => line("kind", "pack of scripts in Lua"),
    }
    line(
        "signed by",
        locked
            .signed_by
            .as_deref()
            .unwrap_or(match package.signature {
                Some(_) => {
                    "a key that your settings do not hold (`[plugins] keys`); it was not checked"
                }
                None => "nobody",
            }),
    );
    match locked.capabilities.as_slice() {
        [] => line("asks for", "nothing"),
        some => {
            for one in some {
                line("asks for", &format!("{}: {}", one.word(), one.about()));
            }
            if !is_granted {
                let grant = format!("[grants] files = [\"{}\"]", locked.id);
                line(
                    "",
                    &format!(
                        "not granted: its rules that need it are `error` until {} say `{grant}`",
                        user_file()
                    ),
                );
            }
        }
    }
    for head in &package.pack.collectors {
        line("collector", &format!("{}: {}", head.name, head.about));
    }
    for head in &package.pack.reporters {
        line("format", &format!("{}: {}", head.name, head.about));
    }
    let width = package.rules.keys().map(|id| id.as_str().len()).max();
    let width = width.unwrap_or_default();
    for (id, rule) in &package.rules {
        let severity = rule.severity.word();
        line(
            "rule",
            &format!("{id:width$}  {severity:8}  {}", rule.title),
        );
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_of_a_stranger_begins_no_line() {
        let line = on_a_line("rule", "Nice\n  asks for    nothing at all\u{202e}");
        assert_eq!(
            line,
            "rule        Nice\\n  asks for    nothing at all\\u{202e}"
        );
    }

    #[test]
    fn versions_are_compared_as_numbers() {
        for (new, old, is) in [
            ("1.2.0", "1.10.0", true),
            ("1.10.0", "1.2.0", false),
            ("2.0.0", "2.0.0", false),
            ("x", "1.0.0", false),
        ] {
            assert_eq!(is_older(new, old), is, "{new} {old}");
        }
    }
}
