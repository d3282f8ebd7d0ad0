//! What packs say about how findings of their rules meet labels. Each speaks of its own rules: a pack that could speak of another's would decide how
//! right that one looks.

use std::collections::BTreeSet;

use perfctl_core::ids::RuleId;
use perfctl_core::label::Matching;
use perfctl_wire::rule as wire;

use super::{PackFiles, Packs};

/// What the packs say together.
pub(super) fn gather(packs: &Packs, read: &[(&PackFiles, wire::Pack)]) -> Matching {
    let mut all = Matching::default();
    for (pack, head) in read {
        all.extend(head.labels.narrowed(&rules_of(packs, pack, head)));
    }
    all
}

/// The ids and aliases of the rules that a pack brought, without those that another took the place of.
fn rules_of(packs: &Packs, pack: &PackFiles, head: &wire::Pack) -> BTreeSet<RuleId> {
    let owned = packs.owners.iter();
    let owned = owned.filter(|(_, (owner, layer))| *owner == head.id && *layer == pack.layer);
    let names = owned.flat_map(|(rule, _)| {
        let aliases = packs.rules.get(rule).map(|rule| &rule.rule.aliases);
        std::iter::once(rule).chain(aliases.into_iter().flatten())
    });
    names.cloned().collect()
}

#[cfg(test)]
mod tests {
    use perfctl_core::rule::Layer;

    use super::*;
    use crate::pack::sample::pack;

    fn saying(mut pack: PackFiles, labels: &str) -> PackFiles {
        if let Some(head) = pack.files.get_mut("pack.toml") {
            head.push_str(labels);
        }
        pack
    }

    fn ids(names: &[&str]) -> BTreeSet<RuleId> {
        names.iter().map(|name| RuleId::from(*name)).collect()
    }

    #[test]
    fn a_pack_speaks_of_its_own_rules() {
        let labels = "[labels]\nwhole_file = ['P-1', 'ORG-1', 'X-1', 'OLD-1']\n\
                      [[labels.twins]]\nrules = ['P-2', 'ORG-1']\nwhy = 'one defect'\n\
                      [[labels.twins]]\nrules = ['P-1', 'P-2']\nwhy = 'so they say'\n";
        let built_in = pack("perf", Layer::BuiltIn, &["P-1", "P-2"]);
        let mut own = saying(pack("org", Layer::User("/u".into()), &["ORG-1"]), labels);
        if let Some(head) = own.files.get_mut("ORG-1/rule.toml") {
            *head = format!("aliases = ['OLD-1']\n{head}");
        }
        let packs = Packs::load(&[built_in.clone(), own.clone()]);
        assert!(packs.broken.is_empty(), "{:?}", packs.broken);
        assert_eq!(packs.labels.whole_file, ids(&["ORG-1", "OLD-1"]));
        let [twins] = packs.labels.twins.as_slice() else {
            panic!("{:?}", packs.labels.twins)
        };
        assert_eq!(twins.rules, ids(&["P-2", "ORG-1"]));
        assert_eq!(twins.own, ids(&["ORG-1"]));
        // Who takes the place of a rule says how its findings are counted.
        let built_in = saying(built_in, "[labels]\nwhole_file = ['P-1', 'P-2']\n");
        let taken = pack("org", Layer::User("/u".into()), &["P-1"]);
        let packs = Packs::load(&[built_in, taken]);
        assert_eq!(packs.labels.whole_file, ids(&["P-2"]));
    }
}
