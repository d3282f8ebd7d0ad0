//! Rules of plugins in one file: what is pinned is what runs, or nothing does. A folder that lies beside such a plugin takes none of its rules,
//! and where the plugin itself is lost, no other plugin beside it does.

use std::collections::BTreeMap;

use perfctl_core::ids::RuleId;
use perfctl_core::rule::Layer;

use super::PackFiles;

/// Rules of plugins in one file, each with its owner.
#[derive(Debug, Default)]
pub(super) struct Sealed(BTreeMap<RuleId, Owner>);

/// A plugin that has a rule.
#[derive(Debug)]
struct Owner {
    layer: Layer,
    shown: String,
    is_lost: bool,
}

impl Sealed {
    /// Keeps a rule for a pack, if that is a plugin in one file; the first has it.
    pub(super) fn keep(&mut self, rule: &RuleId, pack: &PackFiles) {
        if pack.is_sealed {
            self.put(rule, pack, false);
        }
    }

    /// Keeps a rule for a plugin that its lock names, and of which nothing can be read.
    pub(super) fn keep_lost(&mut self, rule: &RuleId, pack: &PackFiles) {
        self.put(rule, pack, true);
    }

    fn put(&mut self, rule: &RuleId, pack: &PackFiles, is_lost: bool) {
        let owner = || Owner {
            layer: pack.layer.clone(),
            shown: pack.shown.clone(),
            is_lost,
        };
        self.0.entry(rule.clone()).or_insert_with(owner);
    }

    /// Why a pack may not bring that rule. A later layer may: that is what layers are for.
    pub(super) fn objection(&self, rule: &RuleId, pack: &PackFiles) -> Option<String> {
        let owner = self.0.get(rule)?;
        let plugin = &owner.shown;
        let what = match (pack.is_sealed, owner.is_lost) {
            _ if owner.layer != pack.layer => return None,
            (false, _) => "a folder",
            (true, true) => "another plugin",
            (true, false) => return None,
        };
        Some(format!(
            "{rule} is a rule of the plugin {plugin}: {what} beside it does not take its place, and this rule is not read"
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::{Brought, Packs, Program, sample};

    fn pack(id: &str, layer: &str, is_sealed: bool) -> PackFiles {
        PackFiles {
            shown: format!("{layer}/{id}"),
            is_sealed,
            ..sample::pack(id, Layer::User(layer.into()), &["A-1"])
        }
    }

    fn owner(packs: &Packs) -> Option<&str> {
        let rule = packs.rules.get(&RuleId::from("A-1"))?;
        Some(rule.folder.as_str())
    }

    #[test]
    fn a_folder_takes_no_rule_of_a_plugin_beside_it() {
        let (plugin, folder) = (pack("acme", "/u", true), pack("own", "/u", false));
        for order in [[&plugin, &folder], [&folder, &plugin]] {
            let packs = Packs::load(&order.map(Clone::clone));
            assert_eq!(packs.problems.len(), 1, "{:?}", packs.problems);
        }
        let packs = Packs::load(&[plugin.clone(), folder]);
        assert_eq!(owner(&packs), Some("/u/acme/A-1"));
        assert!(packs.problems[0].message.contains("the plugin /u/acme"));
        let packs = Packs::load(&[plugin, pack("own", "/later", false)]);
        assert_eq!(owner(&packs), Some("/later/own/A-1"));
    }

    fn lost(id: &str, layer: &str) -> PackFiles {
        PackFiles {
            files: BTreeMap::new(),
            program: Program::Unusable {
                why: "it is not there".to_owned(),
                known: Brought {
                    rules: vec![RuleId::from("A-1")],
                    ..Brought::default()
                },
            },
            ..pack(id, layer, true)
        }
    }

    #[test]
    fn what_may_not_run_takes_no_rule_from_a_plugin_that_may() {
        // A folder without the signature that settings ask for: no lock names it.
        let refused = PackFiles {
            folder: String::new(),
            ..lost("own", "/u")
        };
        for order in [
            [refused.clone(), pack("acme", "/u", true)],
            [pack("acme", "/u", true), refused],
        ] {
            assert_eq!(owner(&Packs::load(&order)), Some("/u/acme/A-1"));
        }
    }

    #[test]
    fn nor_does_another_plugin_where_the_owner_is_lost() {
        let lost = lost("acme", "/u");
        for (other, layer) in [("abel", "/u"), ("zeta", "/u"), ("zeta", "/later")] {
            let packs = Packs::load(&[lost.clone(), pack(other, layer, true)]);
            assert_eq!(owner(&packs), None, "{other} {layer}");
            let why = &packs.broken[&RuleId::from("A-1")];
            assert!(why.full.contains("it is not there"), "{why:?}");
            assert_eq!(packs.problems.len(), 1, "{:?}", packs.problems);
        }
        // Within a directory the order of names says nothing.
        let packs = Packs::load(&[pack("abel", "/u", true), lost.clone()]);
        assert_eq!(owner(&packs), None);
        // What has it in an earlier directory keeps it, as beside a plugin that is whole.
        let packs = Packs::load(&[pack("abel", "/before", true), lost]);
        assert_eq!(owner(&packs), Some("/before/abel/A-1"));
    }

    #[test]
    fn nor_does_the_same_plugin_of_an_earlier_directory() {
        let packs = Packs::load(&[pack("acme", "/before", true), lost("acme", "/u")]);
        assert_eq!(owner(&packs), None);
        assert!(packs.broken.contains_key(&RuleId::from("A-1")));
    }

    #[test]
    fn nor_of_one_that_is_lost() {
        let lost = lost("acme", "/u");
        for folder in ["own", "acme"] {
            let packs = Packs::load(&[lost.clone(), pack(folder, "/u", false)]);
            assert_eq!(owner(&packs), None, "{folder}");
            let why = &packs.broken[&RuleId::from("A-1")];
            assert!(why.full.contains("it is not there"), "{why:?}");
            assert_eq!(packs.problems.len(), 1, "{:?}", packs.problems);
        }
        // A rule of the program's own is no plugin's, whatever its lock says.
        let own = PackFiles {
            layer: Layer::BuiltIn,
            ..pack("perf", "/u", false)
        };
        let packs = Packs::load(&[own, lost]);
        assert!(owner(&packs).is_some());
    }
}
