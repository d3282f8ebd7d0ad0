//! Rules of the audited repository in the place of others' rules. Who trusts a repository lets it do that, and has to see that it does: what such
//! a rule does not find, nobody finds.

use std::collections::BTreeMap;

use perfctl_core::ids::RuleId;
use perfctl_core::rule::Layer;

use super::{LoadedRule, PackFiles};

/// The most rules that a remark names.
const MOST_NAMED: usize = 5;

/// What to say of a pack of the audited repository that takes the place of `known` rules of other layers with `own` ones.
pub(super) fn remark<'r>(
    pack: &PackFiles,
    known: &BTreeMap<RuleId, LoadedRule>,
    own: impl Iterator<Item = &'r RuleId>,
) -> Option<String> {
    if !matches!(pack.layer, Layer::Repository(_)) {
        return None;
    }
    // A plugin takes no place of another pack's rules, which is said elsewhere: only that of one by its own id.
    let replaces = |id: &&RuleId| {
        known.get(*id).is_some_and(|known| {
            let may = !pack.is_sealed
                || known.rule.pack == pack.folder && known.rule.layer != Layer::BuiltIn;
            may && known.rule.layer != pack.layer
        })
    };
    let ids: Vec<&RuleId> = own.filter(replaces).collect();
    let named = ids.iter().take(MOST_NAMED).map(ToString::to_string);
    let named: Vec<String> = named.collect();
    let (rules, more) = match ids.len() {
        0 => return None,
        1 => ("the rule", String::new()),
        all if all > MOST_NAMED => ("the rules", format!(" and {} more", all - MOST_NAMED)),
        _ => ("the rules", String::new()),
    };
    Some(format!(
        "{} of the audited repository takes the place of {rules} {}{more}: what is found for them is what it says",
        pack.shown,
        named.join(", ")
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::Packs;
    use crate::pack::sample::pack;

    #[test]
    fn what_the_audited_repository_replaces_is_told_and_what_it_adds_is_not() {
        let built_in = pack("perf", Layer::BuiltIn, &["P-1", "P-2"]);
        let audited = || Layer::Repository("/audited".into());
        let with = |own: PackFiles| Packs::load(&[built_in.clone(), own]).remarks;
        let told = with(pack("own", audited(), &["P-1", "OWN-1"]));
        assert_eq!(
            told,
            [
                "packs/own of the audited repository takes the place of the rule P-1: what is found for them is what it says"
            ]
        );
        assert!(with(pack("own", audited(), &["OWN-1"])).is_empty());
        // Whoever runs perfctl replaces what he likes, and knows it.
        for layer in [Layer::User("/u".into()), Layer::Organisation("/o".into())] {
            assert!(with(pack("own", layer, &["P-1"])).is_empty());
        }
        // A plugin's file takes the place of one by its own id, and of no other pack's rule.
        let sealed = |id: &str, layer: Layer| PackFiles {
            is_sealed: true,
            ..pack(id, layer, &["A-1"])
        };
        let beside = |id: &str| {
            let users = sealed("acme", Layer::User("/u".into()));
            Packs::load(&[users, sealed(id, audited())]).remarks
        };
        assert_eq!(
            beside("acme"),
            [
                "packs/acme of the audited repository takes the place of the rule A-1: what is found for them is what it says"
            ]
        );
        assert!(beside("other").is_empty());
        let many: Vec<String> = (1..=7).map(|at| format!("P-{at}")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        let all = [
            pack("perf", Layer::BuiltIn, &many),
            pack("perf", audited(), &many),
        ];
        let told = Packs::load(&all).remarks;
        assert!(
            told[0].contains("the rules P-1, P-2, P-3, P-4, P-5 and 2 more"),
            "{told:?}"
        );
    }
}
