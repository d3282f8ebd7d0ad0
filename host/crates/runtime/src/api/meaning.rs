//! What a node means: what it calls, where it comes from, what running it does.

use std::sync::Arc;

use perfctl_scan::matcher::PathPattern;
use perfctl_scan::repo::resolve::Value as Meaning;
use perfctl_scan::tree::{Kind, Role};
use perfctl_scan::view::arguments::Literal;
use perfctl_scan::view::code;
use perfctl_scan::view::{FileView, RepoView};

use super::node::Node;
use super::refusal::Answer;
use super::words::{effects_of, sort_of};

/// One call on the way to an effect.
#[derive(Clone)]
pub struct Hop {
    /// The file.
    pub path: Arc<str>,
    /// The function that makes the call.
    pub symbol: String,
    /// What it calls.
    pub callee: String,
    /// The call; absent when its file cannot be read any more.
    pub node: Option<Node>,
}

impl Node {
    /// What a call calls, or where any other value comes from: canonical paths.
    pub fn target(&self) -> Answer<Vec<String>> {
        let code = self.code()?;
        let repo = self.repo()?;
        Ok(described(&repo, &code.target(&repo, self.call(code))))
    }

    /// Where a value comes from, in the same form.
    pub fn origin(&self) -> Answer<Vec<String>> {
        let repo = self.repo()?;
        Ok(described(&repo, &self.code()?.meaning(&repo, self.id)))
    }

    /// `unknown`, `param`, `literal`, `library` or `project`, by its first origin.
    pub fn sort(&self) -> Answer<&'static str> {
        let meanings = self.code()?.meaning(&*self.repo()?, self.id);
        Ok(meanings.first().map_or("unknown", sort_of))
    }

    /// Whether a call calls one of these.
    pub fn is(&self, patterns: &[PathPattern]) -> Answer<bool> {
        let code = self.code()?;
        let meanings = code.target(&*self.repo()?, self.call(code));
        Ok(fits_any(&meanings, patterns))
    }

    /// Whether a value comes from one of these.
    pub fn comes_from(&self, patterns: &[PathPattern]) -> Answer<bool> {
        let repo = self.repo()?;
        let meanings = self.code()?.meaning(&repo, self.id);
        // An instance of a subclass is one of the library's class.
        let of_library = |meaning: &Meaning| match meaning {
            Meaning::Instance(file, class) => {
                let library = repo.repo.library_class(*file, *class);
                library.is_some_and(|(class, _)| {
                    let made = format!("{class}()");
                    patterns.iter().any(|pattern| pattern.fits(&made))
                })
            }
            _ => false,
        };
        Ok(fits_any(&meanings, patterns) || meanings.iter().any(of_library))
    }

    /// What the packs' facts say of what a call calls, by key.
    pub fn fact(&self, key: &str) -> Answer<Option<String>> {
        let code = self.code()?;
        let repo = self.repo()?;
        let fact = code.fact(&repo, self.call(code));
        Ok(fact.and_then(|(_, fact)| fact.get(key).map(str::to_owned)))
    }

    /// What a method is called on, or an attribute is read from.
    pub fn receiver(&self) -> Answer<Option<Self>> {
        let code = self.code()?;
        let tree = &code.syntax.tree;
        let call = self.call(code);
        let base = match tree.node(call).kind {
            Kind::Call => tree
                .child(call, Role::Callee)
                .and_then(|callee| tree.child(callee, Role::Value)),
            Kind::Attr => tree.child(call, Role::Value),
            _ => None,
        };
        Ok(base.map(|id| self.at(id)))
    }

    /// What a call does through the functions of this repository that it runs; second, what of it holds up the caller.
    pub fn effects(&self) -> Answer<(Vec<&'static str>, Vec<&'static str>)> {
        let code = self.code()?;
        let effects = code.reached_effects(&*self.repo()?, self.call(code));
        Ok((effects_of(effects.all), effects_of(effects.blocking)))
    }

    /// The calls below this one down to the one that has an effect of `mask` (see [`super::words::mask_of`]); empty when none has.
    /// `blocking` asks for effects that hold up the caller.
    pub fn chain(&self, mask: u32, blocking: bool) -> Answer<Vec<Hop>> {
        let code = self.code()?;
        let repo = self.repo()?;
        let hops = code.chain(&repo, self.call(code), mask, blocking);
        Ok(opened(&repo, hops))
    }

    /// The calls by which a coroutine gets to the function around this node in the thread of its own event loop; empty when that is
    /// a coroutine itself, `None` when none gets there.
    pub fn from_loop(&self) -> Answer<Option<Vec<Hop>>> {
        let repo = self.repo()?;
        let hops = self.code()?.from_loop(&repo, self.id);
        Ok(hops.map(|hops| opened(&repo, hops)))
    }

    /// The literal that it is or stands for, here or in another file.
    pub fn literal(&self) -> Answer<Option<Literal>> {
        let code = self.code()?;
        Ok(match code.literal(self.id) {
            None => code
                .definition(&self.repo()?, self.id)
                .and_then(|(file, id)| file.code().and_then(|code| code.literal(id))),
            value => value,
        })
    }
}

/// The file at `path`, if it can be read.
pub(super) fn open(repo: &Arc<RepoView>, path: &str) -> Option<Arc<FileView>> {
    repo.entry(path).and_then(|at| repo.open(at).ok())
}

/// Whether one of the meanings is a path of a library that fits.
pub(super) fn fits_any(meanings: &[Meaning], patterns: &[PathPattern]) -> bool {
    meanings.iter().any(|meaning| match meaning {
        Meaning::Library(path) => patterns.iter().any(|pattern| pattern.fits(path)),
        _ => false,
    })
}

fn described(repo: &RepoView, meanings: &[Meaning]) -> Vec<String> {
    meanings
        .iter()
        .map(|meaning| repo.repo.describe(meaning))
        .filter(|text| !text.is_empty())
        .collect()
}

fn opened(repo: &Arc<RepoView>, hops: Vec<code::Hop>) -> Vec<Hop> {
    let with_node = |hop: code::Hop| Hop {
        node: open(repo, &hop.path).map(|file| Node::new(&file, hop.call)),
        path: hop.path,
        symbol: hop.symbol,
        callee: hop.callee,
    };
    hops.into_iter().map(with_node).collect()
}
