//! Rules of plugins in one file: what is pinned is what runs, or nothing does. A folder that lies beside such a plugin takes none of its rules,
//! also where the plugin itself is lost.

use std::collections::BTreeMap;

use perfctl_core::ids::RuleId;
use perfctl_core::rule::Layer;

use super::PackFiles;

/// Rules of plugins in one file, each with the plugin and its layer.
#[derive(Debug, Default)]
pub(super) struct Sealed(BTreeMap<RuleId, (Layer, String)>);

impl Sealed {
    /// Keeps a rule for a pack, if that is a plugin in one file; the first has it.
    pub(super) fn keep(&mut self, rule: &RuleId, pack: &PackFiles) {
        if pack.is_sealed {
            let owner = (pack.layer.clone(), pack.shown.clone());
            self.0.entry(rule.clone()).or_insert(owner);
        }
    }

    /// Why a folder may not bring that rule. A later layer may: that is what layers are for.
    pub(super) fn objection(&self, rule: &RuleId, pack: &PackFiles) -> Option<String> {
        let (layer, plugin) = self.0.get(rule)?;
        let is_contested = !pack.is_sealed && *layer == pack.layer;
        is_contested.then(|| {
            format!(
                "{rule} is a rule of the plugin {plugin}: a folder beside it does not take its place, and this rule is not read"
            )
        })
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

    #[test]
    fn nor_of_one_that_is_lost() {
        let lost = PackFiles {
            files: BTreeMap::new(),
            program: Program::Unusable {
                why: "it is not there".to_owned(),
                known: Brought {
                    rules: vec![RuleId::from("A-1")],
                    ..Brought::default()
                },
            },
            ..pack("acme", "/u", true)
        };
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
