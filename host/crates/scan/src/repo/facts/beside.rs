//! Facts that stand beside those of other packs: they add to what is known, and neither change nor hide any of it.
//!
//! A word that another pack says of a library decides which of its rules look where. Who may not touch those rules may not touch that word
//! either, nor add one that the other pack left out: that a call has no `timeout` is said by silence.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::results::keys;
use super::{Fact, Facts, effects_of, root};

/// What facts say against others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    /// The path that both speak of.
    pub path: String,
    /// What is said against what, as the end of a sentence about the later facts.
    pub why: String,
}

/// A name that no path has, for asking what a pattern covers.
const ANY: &str = "%";

impl Facts {
    /// Takes what `more` says beside what is known already; nothing of it where a part is against what is known.
    ///
    /// # Errors
    /// The first thing that is.
    pub fn add_beside(&mut self, more: Self) -> Result<(), Clash> {
        self.check_facts(&more)?;
        self.check_results(&more)?;
        self.check_returns(&more)?;
        // What calls by a name give depends on who else has that name; it stays as those say that are here.
        self.results();
        let results = std::mem::take(&mut self.results);
        self.take(more);
        self.results = results;
        Ok(())
    }

    /// Whether anything is said of a path, of what it stands for, or of its library.
    pub fn speaks_of(&self, path: &str) -> bool {
        self.get(path).is_some() || self.rewrite(path).is_some() || self.knows_root(root(path))
    }

    fn check_facts(&self, more: &Self) -> Result<(), Clash> {
        let used: FxHashSet<&str> = self
            .all()
            .flat_map(Fact::words)
            .map(|(key, _)| key)
            .collect();
        let mut exact: Vec<_> = more.exact.iter().collect();
        exact.sort_by_key(|(path, _)| *path);
        for (path, fact) in exact {
            match self.get(path) {
                Some(known) => check_words(path, known, fact, &used)?,
                None => self.check_name(path)?,
            }
        }
        // What a pattern covers that another one covers too, the nearer of them would hide.
        let below = more
            .below
            .keys()
            .map(|base| (format!("{base}.{ANY}"), format!("{base}.*")));
        let deep = more.deep.keys();
        let deep = deep.map(|base| (format!("{base}.{ANY}.{ANY}"), format!("{base}.**")));
        let inner = more
            .inner
            .keys()
            .map(|base| (format!("{base}/{ANY}"), format!("{base}/**")));
        let mut patterns: Vec<_> = below.chain(deep).chain(inner).collect();
        patterns.sort();
        for (covered, pattern) in patterns {
            if self.get(&covered).is_some() {
                return Err(Clash {
                    path: covered,
                    why: format!("`{pattern}` would hide a pattern that is known"),
                });
            }
        }
        Ok(())
    }

    /// Refuses a fact of a path that stands for another one: whoever asks would not get there any more.
    fn check_name(&self, path: &str) -> Result<(), Clash> {
        match self.rewrite(path) {
            Some(to) => Err(Clash {
                path: path.to_owned(),
                why: format!("a fact of `{path}` would hide that it stands for `{to}`"),
            }),
            None => Ok(()),
        }
    }

    /// What calls give that hand something back is asked by their last names, which others' functions have as well.
    fn check_results(&self, more: &Self) -> Result<(), Clash> {
        let mut exact: Vec<_> = more.exact.iter().collect();
        exact.sort_by_key(|(path, _)| *path);
        for (path, fact) in exact {
            for key in keys() {
                let Some(word) = fact.get(key) else {
                    continue;
                };
                let known = self.exact.get(path).and_then(|known| known.get(key));
                if known != Some(word) {
                    return Err(Clash {
                        path: path.to_string(),
                        why: format!(
                            "`{key} = {word}` would say what calls by the name of `{path}` give, and others may have the name"
                        ),
                    });
                }
            }
        }
        Ok(())
    }

    /// What a library's function returns is said by whoever speaks of the library.
    fn check_returns(&self, more: &Self) -> Result<(), Clash> {
        let mut returns: Vec<_> = more.returns.iter().collect();
        returns.sort();
        for (from, to) in returns {
            let is_known = self.knows_root(root(from)) || self.guests.contains(root(from));
            if is_known && self.returns.get(from) != Some(to) {
                return Err(Clash {
                    path: from.to_string(),
                    why: format!("`{from}` would become `{to}`"),
                });
            }
        }
        let mut endings: Vec<_> = more.endings.iter().collect();
        endings.sort();
        for (name, to) in endings {
            if let Some(known) = self.endings.get(name).filter(|known| *known != to) {
                return Err(Clash {
                    path: format!("{ANY}.{name}"),
                    why: format!("`**.{name}` would become `{to}` in place of `{known}`"),
                });
            }
        }
        Ok(())
    }

    fn take(&mut self, more: Self) {
        let new = more
            .roots
            .into_iter()
            .filter(|root| !self.roots.contains(root));
        let new: Vec<_> = new.collect();
        for (path, fact) in more.exact {
            let fact = match self.get(&path) {
                Some(known) => joined(known, &fact),
                None => fact,
            };
            self.insert(&path, &fact);
        }
        let patterns = [(more.below, ".*"), (more.deep, ".**"), (more.inner, "/**")];
        for (facts, end) in patterns {
            for (base, fact) in facts {
                self.insert(&format!("{base}{end}"), &fact);
            }
        }
        self.returns.extend(more.returns);
        self.endings.extend(more.endings);
        self.roots.extend(new.iter().cloned());
        self.guests.extend(new);
        // Behind what is known: of several that fit the first decides.
        self.conventions.extend(more.conventions);
        self.parameters.extend(more.parameters);
        self.frameworks.extend(more.frameworks);
        self.signs.extend(more.signs);
        self.platforms.extend(more.platforms);
        self.entry_keys.extend(more.entry_keys);
    }
}

/// Refuses words that are against those that are known of a path, and words that its packs could have said and did not.
fn check_words(path: &str, known: &Fact, fact: &Fact, used: &FxHashSet<&str>) -> Result<(), Clash> {
    for (key, word) in fact.words() {
        let why = match known.get(key) {
            Some(other) if other == word => continue,
            Some(other) => format!("`{key} = {word}` where `{key} = {other}` is known"),
            None if used.contains(key) => {
                format!("`{key} = {word}` where nothing is said of `{key}`, which others ask for")
            }
            None => continue,
        };
        return Err(Clash {
            path: path.to_owned(),
            why,
        });
    }
    Ok(())
}

/// A fact with the words of another one beside its own.
fn joined(known: &Fact, more: &Fact) -> Fact {
    let mut words = BTreeMap::clone(&known.words);
    let added = more.words.iter();
    words.extend(added.map(|(key, word)| (key.clone(), word.clone())));
    Fact {
        effects: effects_of(&words),
        words: Arc::new(words),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::eval::results::{Given, Origin};

    fn facts(text: &str) -> Facts {
        let mut facts = Facts::default();
        let file = format!("schema = \"perfctl.facts/1\"\n{text}");
        facts.add("f.toml", &file).expect("well formed");
        facts
    }

    fn fact(path: &str, words: &str) -> String {
        format!("[[fact]]\npaths = [\"{path}\"]\n{words}\n")
    }

    fn known() -> Facts {
        let texts = [
            fact("requests.get", "kind = \"http\"\nflavour = \"sync\""),
            fact("requests.post", "kind = \"http\"\nverb = \"call\""),
            fact("silk.views.**", "kind = \"db\""),
            fact("mongo.Collection.*", "kind = \"db\""),
            fact("go.elastic.co/apm/**", "watches = \"yes\""),
            "[returns]\n\"requests.session()\" = \"requests.Session()\"\n\"**.PrismaClient\" = \"@prisma/client.PrismaClient\"\n\"mongo.Client.*\" = \"mongo.Collection()\"\n".to_owned(),
        ];
        facts(&texts.concat())
    }

    #[test]
    fn what_changes_or_hides_what_is_known_is_refused() {
        for (added, path, says) in [
            (
                fact("requests.get", "kind = \"none\""),
                "requests.get",
                "`kind = none` where `kind = http` is known",
            ),
            // Taken for what is only made, the call would have no effect any more.
            (
                fact("requests.get", "verb = \"construct\""),
                "requests.get",
                "`verb = construct` where nothing is said of `verb`",
            ),
            (
                fact("mongo.Collection.find", "kind = \"cache\""),
                "mongo.Collection.find",
                "`kind = cache` where `kind = db`",
            ),
            (
                fact("mongo.Collection.*", "kind = \"cache\""),
                "mongo.Collection.%",
                "`mongo.Collection.*` would hide",
            ),
            (
                fact("silk.views.list.*", "own = \"yes\""),
                "silk.views.list.%",
                "`silk.views.list.*` would hide",
            ),
            (
                fact("silk.views.list.**", "own = \"yes\""),
                "silk.views.list.%.%",
                "would hide",
            ),
            (
                fact("go.elastic.co/apm/module/**", "own = \"yes\""),
                "go.elastic.co/apm/module/%",
                "would hide",
            ),
            (
                fact("mongo.Client.shop", "own = \"yes\""),
                "mongo.Client.shop",
                "would hide that it stands for `mongo.Collection()`",
            ),
            (
                fact("acme/client.PrismaClient", "own = \"yes\""),
                "acme/client.PrismaClient",
                "would hide that it stands for",
            ),
            (
                "[returns]\n\"requests.session()\" = \"acme.Nothing()\"\n".to_owned(),
                "requests.session()",
                "would become `acme.Nothing()`",
            ),
            (
                "[returns]\n\"requests.Session()\" = \"acme.Nothing()\"\n".to_owned(),
                "requests.Session()",
                "would become `acme.Nothing()`",
            ),
            (
                "[returns]\n\"**.PrismaClient\" = \"acme.Nothing\"\n".to_owned(),
                "%.PrismaClient",
                "in place of `@prisma/client.PrismaClient`",
            ),
        ] {
            let mut all = known();
            let clash = all.add_beside(facts(&added)).expect_err(&added);
            assert_eq!(clash.path, path, "{clash:?}");
            assert!(clash.why.contains(says), "{clash:?}");
            assert!(
                all.get("requests.get")
                    .is_some_and(|fact| fact.is("kind", "http"))
            );
        }
    }

    #[test]
    fn what_calls_by_a_name_give_stays_as_it_is_known() {
        let own = "[[fact]]\npaths = [\"shop.run\"]\nresult_of = \"1\"\n";
        let given = |all: &Facts| all.results().of("run", &Origin::Unknown);
        for (path, word) in [
            ("acme_http.from_url", "stands_for = \"1\""),
            ("acme.run", "result_of = \"2\""),
            ("acme.run", "result_of = \"1\""),
            ("acme.run", "wraps = \"1\""),
            ("acme.all", "gives_each = \"true\""),
            // A module of the repository may be called so.
            ("app.db.connect", "stands_for = \"1\""),
        ] {
            let mut all = facts(own);
            let clash = all.add_beside(facts(&fact(path, word))).expect_err(path);
            assert_eq!(clash.path, path);
            assert!(clash.why.contains("others may have the name"), "{clash:?}");
            assert_eq!(given(&all), Some(Given::ResultOf(0)));
            assert!(!all.results().knows("from_url"));
        }
        // Neither does a name that is taken twice make the other one unknown.
        let mut all = facts(own);
        let same = own.to_owned() + &fact("acme.run", "kind = \"http\"");
        all.add_beside(facts(&same))
            .expect("nothing new of results");
        assert_eq!(given(&all), Some(Given::ResultOf(0)));
    }

    #[test]
    fn what_is_new_is_added_and_hides_nothing() {
        let added = [
            fact("acme_http.get", "kind = \"http\"\nflavour = \"sync\""),
            fact("requests.delete", "kind = \"http\""),
            fact("requests.get", "kind = \"http\"\nacme_audit = \"no\""),
            fact("mongo.Collection.find", "acme_audit = \"yes\""),
            fact("requests.**", "acme_audit = \"maybe\""),
            "[returns]\n\"acme_http.session()\" = \"requests.Session()\"\n\"**.AcmeClient\" = \"acme_http.Client\"\n".to_owned(),
        ];
        let mut all = known();
        let before = all.get("requests.get").map(|fact| fact.effects);
        all.add_beside(facts(&added.concat()))
            .expect("nothing is against it");
        let get = all.get("requests.get").expect("known");
        assert!(get.is("kind", "http") && get.is("flavour", "sync") && get.is("acme_audit", "no"));
        assert_eq!(Some(get.effects), before);
        let find = all
            .get("mongo.Collection.find")
            .expect("known by a pattern");
        assert!(find.is("kind", "db") && find.is("acme_audit", "yes") && !find.effects.is_empty());
        assert!(
            all.get("requests.head")
                .is_some_and(|fact| fact.is("acme_audit", "maybe"))
        );
        assert!(
            all.get("acme_http.get")
                .is_some_and(|fact| fact.effects.blocking != 0)
        );
        assert_eq!(
            all.rewrite("acme_http.session()"),
            Some("requests.Session()")
        );
        assert_eq!(all.rewrite("acme/sdk.AcmeClient"), Some("acme_http.Client"));
    }

    #[test]
    fn naming_a_library_hides_neither_generated_clients_nor_modules_of_the_repository() {
        let mut all = known();
        let own = fact("/generated/client.nothing", "own = \"yes\"");
        all.add_beside(facts(&own)).expect("new");
        let to = all.rewrite("/generated/client.PrismaClient");
        assert_eq!(to, Some("@prisma/client.PrismaClient"));
        assert!(
            !all.knows_root("/generated/client"),
            "imports lead to the file as before"
        );
        assert!(all.speaks_of_root("/generated/client"));
    }

    #[test]
    fn entries_of_lists_stand_behind_those_that_are_known() {
        let side = |side: &str| format!("[[side]]\nside = \"{side}\"\nfiles = [\"web/**\"]\n");
        let role = |role: &str| {
            format!(
                "[[convention]]\nfiles = [\"**\"]\nsymbols = [\"handler\"]\nrole = \"{role}\"\n"
            )
        };
        let mut all = facts(&(side("server") + &role("request")));
        all.add_beside(facts(&(side("browser") + &role("script"))))
            .expect("lists add up");
        let sides: Vec<&str> = all.signs().iter().map(|sign| sign.side.as_str()).collect();
        assert_eq!(sides, ["server", "browser"], "the first that holds decides");
        let roles = all.conventions().iter().map(|one| one.role.as_str());
        assert_eq!(roles.collect::<Vec<_>>(), ["request", "script"]);
    }

    #[test]
    fn of_two_that_stand_beside_the_second_does_not_change_the_first() {
        let mut all = known();
        all.add_beside(facts(&fact("acme.get", "kind = \"http\"")))
            .expect("new");
        let other = all.add_beside(facts(&fact("acme.get", "kind = \"none\"")));
        assert!(other.is_err());
        let other = "[returns]\n\"acme.get()\" = \"acme.Nothing()\"\n";
        assert!(all.add_beside(facts(other)).is_err());
    }
}
