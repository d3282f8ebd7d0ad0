//! From the files of a pack to its rules, one by one.

use std::sync::Arc;

use perfctl_core::ids::RuleId;
use perfctl_core::run::Problem;
use perfctl_scan::lower::Language;
use perfctl_scan::matcher::RuleMatchers;
use perfctl_wire::rule::{self as wire, Home};

use super::{Judge, LoadedRule, PackFiles, Program, Unreadable, language};
use crate::applies::Applies;
use crate::lua::modules::Modules;
use crate::{limits, matchers};

/// Folders that have a rule's script and no head: nothing would run them, and nobody would see that.
pub(super) fn headless(pack: &PackFiles) -> impl Iterator<Item = Problem> {
    let scripts = pack.files.keys();
    let folders = scripts.filter_map(|path| path.strip_suffix("/rule.lua"));
    let is_headless = |folder: &&str| {
        RuleId::is_well_formed(folder) && !pack.files.contains_key(&format!("{folder}/rule.toml"))
    };
    folders.filter(is_headless).map(|folder| {
        let message = "the rule is not read: its head `rule.toml` is missing beside it".to_owned();
        pack.trouble(&format!("{folder}/rule.lua"), message)
    })
}

/// What judges for the rule in `folder`, as far as its pack's files say.
pub(super) fn source(
    pack: &PackFiles,
    folder: &str,
    modules: &Arc<Modules>,
) -> Result<Judge, Unreadable> {
    let script = pack.files.get(&format!("{folder}/rule.lua"));
    match (&pack.program, script) {
        (Program::Scripts, Some(script)) => Ok(Judge::Script {
            source: script.clone(),
            modules: modules.clone(),
        }),
        (Program::Scripts, None) => Err(Unreadable::plain(format!(
            "{}/{folder}/rule.lua is missing: it judges the matches of rule.toml",
            pack.shown
        ))),
        (Program::Component(_), None) => Ok(Judge::Script {
            source: String::new(),
            modules: modules.clone(),
        }),
        (Program::Component(_), Some(_)) => Err(Unreadable::plain(format!(
            "{}/{folder}/rule.lua is not read: the pack is a plugin, whose component judges for all of its rules",
            pack.shown
        ))),
        (Program::Unusable { why, .. }, _) => Err(Unreadable::plain(why.clone())),
    }
}

pub(super) fn read_rule(
    pack: &PackFiles,
    head: &wire::Pack,
    folder: &str,
    text: &str,
    judge: Judge,
) -> Result<LoadedRule, Unreadable> {
    let languages: Vec<&str> = Language::ALL
        .iter()
        .map(|language| language.name())
        .collect();
    let home = Home {
        folder,
        pack: &head.id,
        layer: pack.layer.clone(),
        languages: &languages,
    };
    let file = wire::read(&pack.path(&format!("{folder}/rule.toml")), text, &home)?;
    let languages: Vec<Language> = file
        .rule
        .languages
        .iter()
        .filter_map(|name| language(name))
        .collect();
    let matchers = matchers::read(&file.matchers, &languages, &pack.layer)?;
    let applies = Applies::read(file.applies.as_ref(), &languages)?;
    let matchers = RuleMatchers {
        asks_for_code: matchers.asks_for_code || applies.asks_for_imports(),
        ..matchers
    };
    let mut limits = limits::read(file.limits.as_ref())?;
    limits.pack = head.run.unwrap_or(limits.pack);
    Ok(LoadedRule {
        rule: file.rule,
        matchers,
        applies,
        limits,
        messages: file.messages.into(),
        judge,
        folder: format!("{}/{folder}", pack.shown),
    })
}

/// The scripts of a pack's `lib` folder: `lib/docker.lua` is the module `docker`.
pub(super) fn modules(pack: &PackFiles) -> Modules {
    let named = |path: &str| {
        path.strip_prefix("lib/")?
            .strip_suffix(".lua")
            .map(str::to_owned)
    };
    pack.files
        .iter()
        .filter_map(|(path, text)| {
            Some((
                named(path)?,
                (format!("{}/{path}", pack.shown), text.clone()),
            ))
        })
        .collect()
}
