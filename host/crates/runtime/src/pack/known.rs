//! What packs say of libraries together: whose facts may change what others say, and whose only add to it.

use std::collections::BTreeMap;

use perfctl_core::rule::Layer;
use perfctl_core::run::Problem;
use perfctl_scan::repo::facts::{Clash, Facts};

use super::{PackFiles, Program};

/// What all packs say.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// All of it.
    pub(super) facts: Facts,
    /// Files that say nothing that can be read.
    pub(super) problems: Vec<Problem>,
    /// Packs, by position, whose facts are against those of others, and how. Nothing of them is taken.
    pub(super) refused: BTreeMap<usize, String>,
}

impl PackFiles {
    /// Whether its facts stand beside those of others and change none. Nobody sees what a plugin's file carries along, and an audited repository
    /// may only tighten; files of the user's and of an organisation's are their own to read.
    fn only_adds(&self) -> bool {
        self.is_sealed
            || !matches!(self.program, Program::Scripts)
            || matches!(self.layer, Layer::Repository(_))
    }

    /// Its files of facts.
    fn facts(&self) -> impl Iterator<Item = (&str, &str)> {
        let files = self.files.range("facts/".to_owned()..);
        files
            .map(|(path, text)| (path.as_str(), text.as_str()))
            .take_while(|(path, _)| path.starts_with("facts/"))
            .filter(|(path, _)| path.ends_with(".toml"))
    }

    fn add_facts(&self, into: &mut Facts, problems: &mut Vec<Problem>) {
        for (path, text) in self.facts() {
            if let Err(error) = into.add(&self.path(path), text) {
                problems.push(self.trouble(path, error.to_string()));
            }
        }
    }
}

/// What `packs` say, in their order; those that only add come behind the others.
pub(super) fn gather(packs: &[&PackFiles]) -> Known {
    let mut known = Known::default();
    let mut said = Vec::new();
    for pack in packs.iter().filter(|pack| !pack.only_adds()) {
        pack.add_facts(&mut known.facts, &mut known.problems);
        said.push(*pack);
    }
    for (at, pack) in packs
        .iter()
        .enumerate()
        .filter(|(_, pack)| pack.only_adds())
    {
        let mut own = Facts::default();
        pack.add_facts(&mut own, &mut known.problems);
        match known.facts.add_beside(own) {
            Ok(()) => said.push(*pack),
            Err(clash) => {
                known.refused.insert(at, refusal(pack, &clash, &said));
            }
        }
    }
    known
}

/// Why nothing of a pack is taken, with the file that it speaks against.
fn refusal(pack: &PackFiles, clash: &Clash, said: &[&PackFiles]) -> String {
    let speaks = |text: &str| {
        let mut alone = Facts::default();
        alone.add("", text).is_ok() && alone.speaks_of(&clash.path)
    };
    let files = said
        .iter()
        .flat_map(|pack| pack.facts().map(move |file| (pack, file)));
    let other = files
        .filter(|(_, (_, text))| speaks(text))
        .map(|(pack, (path, _))| pack.path(path))
        .next();
    let other = other.unwrap_or_else(|| "another pack".to_owned());
    format!(
        "{}: its facts are against those of {other}: `{}`: {}; facts of plugins and of the audited repository add to what other packs say and change nothing of it",
        pack.shown, clash.path, clash.why
    )
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use perfctl_core::ids::RuleId;

    use super::*;
    use crate::pack::{Packs, sample};
    use crate::plugin::{Component, Declared, Extension, Heard, Plugin, Worker};

    /// A plugin of which nothing runs.
    #[derive(Debug)]
    struct Idle;

    impl Component for Idle {
        fn plugin(self: Arc<Self>, _: Arc<Declared>) -> Arc<dyn Plugin> {
            self
        }

        fn extension(self: Arc<Self>) -> Arc<dyn Extension> {
            unreachable!("packs of rules have none")
        }
    }

    impl Plugin for Idle {
        fn worker(&self) -> Heard<Box<dyn Worker>> {
            Heard::silent(Err(crate::lua::vm::ScriptError {
                place: String::new(),
                message: "nothing runs".to_owned(),
            }))
        }
    }

    /// A pack with one rule and these facts.
    fn pack(id: &str, layer: Layer, facts: &str) -> PackFiles {
        let mut pack = sample::pack(id, layer, &[&format!("{}-1", id.to_uppercase())]);
        let facts = format!("schema = \"perfctl.facts/1\"\n{facts}");
        pack.files.insert("facts/own.toml".to_owned(), facts);
        pack
    }

    fn component(id: &str, facts: &str) -> PackFiles {
        let mut pack = pack(id, Layer::User("/user".into()), facts);
        pack.files.retain(|path, _| !path.ends_with(".lua"));
        pack.program = Program::Component(Arc::new(Idle));
        pack
    }

    fn fact(path: &str, kind: &str) -> String {
        format!("[[fact]]\npaths = [\"{path}\"]\nkind = \"{kind}\"\n")
    }

    fn kind<'p>(packs: &'p Packs, path: &str) -> Option<&'p str> {
        packs.facts.get(path)?.get("kind")
    }

    fn broken<'p>(packs: &'p Packs, rule: &str) -> &'p str {
        &packs.broken[&RuleId::from(rule)].short
    }

    #[test]
    fn a_plugin_does_not_change_what_another_pack_says_wherever_it_stands() {
        // The user's layer comes before the organisation's, and says nothing about whose word it is.
        let evil = component(
            "evil",
            &(fact("shop.get", "none") + &fact("evil.get", "http")),
        );
        let other = pack(
            "org",
            Layer::Organisation("/org".into()),
            &fact("shop.get", "http"),
        );
        let packs = Packs::load(&[evil, other]);
        assert_eq!(kind(&packs, "shop.get"), Some("http"));
        assert_eq!(kind(&packs, "evil.get"), None, "nothing of it is taken");
        let why = broken(&packs, "EVIL-1");
        for says in [
            "packs/evil",
            "packs/org/facts/own.toml",
            "`kind = none` where `kind = http`",
        ] {
            assert!(why.contains(says), "{why}");
        }
        assert!(packs.rules.contains_key(&RuleId::from("ORG-1")));
        assert!(packs.problems.is_empty(), "{:?}", packs.problems);
    }

    #[test]
    fn a_plugin_does_not_take_a_rule_that_its_pack_fails_to_say() {
        let mut org = pack("org", Layer::Organisation("/org".into()), "");
        org.files
            .insert("ORG-1/rule.toml".to_owned(), "id = 5".to_owned());
        let mut evil = component("evil", "");
        let rule = evil.files["EVIL-1/rule.toml"].replace("EVIL-1", "ORG-1");
        evil.files.insert("ORG-1/rule.toml".to_owned(), rule);
        evil.is_sealed = true;
        let packs = Packs::load(&[org, evil]);
        assert!(packs.broken.contains_key(&RuleId::from("ORG-1")));
        assert!(!packs.rules.contains_key(&RuleId::from("ORG-1")));
        let problem = &packs.problems[0].message;
        assert!(
            problem.contains("ORG-1 is a rule of the pack `org`"),
            "{problem}"
        );
    }

    #[test]
    fn a_pack_of_thousands_of_rules_is_not_read() {
        let mut acme = component("acme", "");
        let rule = acme.files["ACME-1/rule.toml"].clone();
        for at in 2..=1001 {
            let rule = rule.replace("ACME-1", &format!("ACME-{at}"));
            acme.files.insert(format!("ACME-{at}/rule.toml"), rule);
        }
        let packs = Packs::load(&[acme, component("good", "")]);
        let rules: Vec<&str> = packs.rules.keys().map(|id| id.as_str()).collect();
        assert_eq!(rules, ["GOOD-1"]);
        let problem = &packs.problems[0].message;
        assert!(
            problem.contains("has 1001 rules, more than 1000"),
            "{problem}"
        );
    }

    #[test]
    fn what_a_plugin_adds_all_rules_see() {
        let acme = component("acme", &fact("acme_http.get", "http"));
        let packs = Packs::load(&[pack("org", Layer::BuiltIn, &fact("shop.get", "http")), acme]);
        assert_eq!(kind(&packs, "acme_http.get"), Some("http"));
        assert!(packs.broken.is_empty(), "{:?}", packs.broken);
    }

    #[test]
    fn of_two_plugins_the_later_is_refused() {
        let (one, two) = (
            component("one", &fact("x.get", "http")),
            component("two", &fact("x.get", "db")),
        );
        let packs = Packs::load(&[one, two]);
        assert_eq!(kind(&packs, "x.get"), Some("http"));
        let why = broken(&packs, "TWO-1");
        assert!(why.contains("packs/one/facts/own.toml"), "{why}");
    }

    #[test]
    fn folders_of_the_user_change_facts_and_the_audited_repository_does_not() {
        let own = |layer| {
            let built_in = pack("perf", Layer::BuiltIn, &fact("shop.get", "http"));
            Packs::load(&[built_in, pack("own", layer, &fact("shop.get", "none"))])
        };
        for layer in [
            Layer::User("/user".into()),
            Layer::Organisation("/org".into()),
        ] {
            let packs = own(layer);
            assert_eq!(kind(&packs, "shop.get"), Some("none"));
            assert!(packs.broken.is_empty(), "{:?}", packs.broken);
        }
        let packs = own(Layer::Repository("/audited".into()));
        assert_eq!(kind(&packs, "shop.get"), Some("http"));
        let why = broken(&packs, "OWN-1");
        assert!(why.contains("packs/perf/facts/own.toml"), "{why}");
    }
}
