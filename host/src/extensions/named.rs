//! Names that plugins give to what they bring: each means one thing, or nothing. Which of two would be meant nobody could tell from a recipe.

use std::collections::BTreeMap;

use perfctl_core::run::Problem;

use super::Bringer;

/// Things of plugins by name, with the names that are refused.
#[derive(Debug)]
pub(crate) struct Named<T> {
    there: BTreeMap<String, T>,
    refused: BTreeMap<String, String>,
}

impl<T> Default for Named<T> {
    fn default() -> Self {
        Self {
            there: BTreeMap::new(),
            refused: BTreeMap::new(),
        }
    }
}

impl<T> Named<T> {
    /// All that can be used, in the order of their names.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &T> {
        self.there.values()
    }

    /// The one of that name.
    pub(crate) fn get(&self, name: &str) -> Option<&T> {
        self.there.get(name)
    }

    /// Why no plugin can be asked for that name, although some have it.
    pub(crate) fn why_not(&self, name: &str) -> Option<&str> {
        self.refused.get(name).map(String::as_str)
    }

    /// Every name that plugins have and that cannot be used, with the reason.
    pub(crate) fn refused(&self) -> &BTreeMap<String, String> {
        &self.refused
    }
}

/// Names with all plugins that claim them.
pub(super) struct Claims<T> {
    what: &'static str,
    by_name: BTreeMap<String, Vec<(Bringer, T)>>,
    lacking: BTreeMap<String, String>,
}

impl<T> Claims<T> {
    /// No claims yet. `what` is the word for things of this kind.
    pub(super) fn of(what: &'static str) -> Self {
        Self {
            what,
            by_name: BTreeMap::new(),
            lacking: BTreeMap::new(),
        }
    }

    /// Somebody brings something under a name.
    pub(super) fn claim(&mut self, name: String, from: &Bringer, thing: T) {
        let claims = self.by_name.entry(name).or_default();
        claims.push((from.clone(), thing));
    }

    /// A plugin that cannot be used would have brought something under a name.
    pub(super) fn lack(&mut self, name: &str, shown: &str, why: &str) {
        let why = format!("{shown}: {why}");
        self.lacking.entry(name.to_owned()).or_insert(why);
    }

    /// Gives each name to the only one who claims it. Nobody has a name that the program `takes`, nor one that several claim.
    pub(super) fn settled(
        self,
        takes: impl Fn(&str) -> bool,
        problems: &mut Vec<Problem>,
    ) -> Named<T> {
        let what = self.what;
        let mut named = Named {
            refused: self.lacking,
            ..Named::default()
        };
        let mut refuse = |from: &Bringer, message: String| {
            problems.push(Problem {
                subject: from.shown.clone(),
                message: message.clone(),
            });
            format!("{}: {message}", from.shown)
        };
        for (name, mut claims) in self.by_name {
            if takes(&name) {
                let message = format!(
                    "its {what} `{name}` is not read: perfctl itself has one of that name; a plugin gives its own another, such as its id in front"
                );
                for (from, _) in &claims {
                    let why = refuse(from, message.clone());
                    named.refused.insert(name.clone(), why);
                }
            } else if claims.len() > 1 {
                let (first, _) = &claims[0];
                for (from, _) in &claims[1..] {
                    let why = refuse(from, contested(what, &name, first));
                    named.refused.insert(name.clone(), why);
                }
            } else if let Some((_, thing)) = claims.pop() {
                named.refused.remove(&name);
                named.there.insert(name, thing);
            }
        }
        named
    }
}

/// Why two plugins have neither what both call so.
fn contested(what: &str, name: &str, other: &Bringer) -> String {
    format!(
        "its {what} `{name}` is not read, and neither is that of the plugin `{}` ({}): one name cannot mean both; take one of the two plugins away, or have \
         its {what} renamed",
        other.pack, other.shown
    )
}
