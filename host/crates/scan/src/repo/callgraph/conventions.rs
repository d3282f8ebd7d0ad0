//! Functions that a platform calls by where they stand, what they are called, and what they are made with.

use globset::GlobSet;
use perfctl_core::scale::Reach;

use super::seeds::{Seeds, methods_of};
use super::{FunctionId, Graph};
use crate::lower::Language;
use crate::model::index::{FunctionRow, TextId};
use crate::repo::facts::globs;
use crate::repo::resolve::Value;
use crate::repo::{FileId, Repo};

impl Seeds {
    pub(super) fn read_conventions(&mut self, repo: &Repo, graph: &Graph) {
        for convention in repo.facts.conventions() {
            let Ok(reach) = convention.role.parse::<Reach>() else {
                continue;
            };
            let files = globs(&convention.files);
            let bases = globs(&convention.bases);
            for file in repo.ids() {
                let code = repo.file(file);
                let opens_with = |directive: &String| {
                    let mut all = code.index.directives.iter();
                    all.any(|text| code.text(*text) == directive)
                };
                if !files.is_match(&*code.path) || !convention.directive.iter().all(opens_with) {
                    continue;
                }
                for id in graph.in_tables_with(repo, file, &convention.tables) {
                    self.add(id, reach);
                }
                for id in graph.made_with(repo, file, &convention.made_with) {
                    self.add(id, reach);
                }
                for id in graph.with_base(repo, file, &bases) {
                    self.add(id, reach);
                }
                for symbol in &convention.symbols {
                    for id in named(repo, graph, file, symbol) {
                        let (of, at) = graph.locate(id);
                        // What a wrapping function gives back takes whatever it takes.
                        let params = &repo.file(of).index.functions[at as usize].params;
                        let fits = of != file
                            || convention.params.len() <= params.len()
                                && convention.params.iter().zip(params.iter()).all(
                                    |(wanted, (_, name, _))| {
                                        code.text(*name).trim_start_matches('_') == wanted
                                    },
                                );
                        if fits {
                            self.add(id, reach);
                        }
                    }
                }
            }
        }
    }
}

impl Graph {
    /// What is made with parameters of these names: the methods of classes whose constructors begin with them, among them the one that is run
    /// when an instance is called, and the functions that others give back which begin with them.
    fn made_with(&self, repo: &Repo, file: FileId, names: &[String]) -> Vec<FunctionId> {
        let code = repo.file(file);
        let mut found = Vec::new();
        if names.is_empty() || code.language != Language::Python {
            return found;
        }
        let begins = |function: &FunctionRow| {
            let skipped = usize::from(function.class.is_some());
            let mut params = function.params.iter().skip(skipped);
            let mut wanted = names.iter();
            wanted.all(|name| {
                params
                    .next()
                    .is_some_and(|(_, own, _)| code.text(*own) == name)
            })
        };
        for (at, class) in code.index.classes.iter().enumerate() {
            let maker = class.methods.get("__init__");
            if maker.is_some_and(|maker| begins(&code.index.functions[*maker as usize])) {
                let called = class.methods.get("__call__");
                let methods = methods_of(repo, file, at as u32);
                found.extend(methods.map(|(of, at)| self.id(of, at)));
                found.extend(called.map(|at| self.id(file, *at)));
            }
        }
        for function in &code.index.functions {
            if function.class.is_none() && begins(function) {
                found.extend(self.given_by(repo, file, function));
            }
        }
        found
    }

    /// The methods of the classes of `file` that inherit from something whose name fits.
    fn with_base(&self, repo: &Repo, file: FileId, bases: &GlobSet) -> Vec<FunctionId> {
        let code = repo.file(file);
        if bases.is_empty() {
            return Vec::new();
        }
        let named = |text: &str| {
            let text = text.trim_end_matches("()");
            let name = text.rfind(['.', '|']).map_or(text, |at| &text[at + 1..]);
            bases.is_match(name)
        };
        let classes = code.index.classes.iter().enumerate();
        let classes =
            classes.filter(|(_, class)| class.bases.iter().any(|base| named(code.text(*base))));
        classes
            .flat_map(|(at, _)| methods_of(repo, file, at as u32))
            .map(|(of, at)| self.id(of, at))
            .collect()
    }

    /// The functions that a function gives back.
    fn given_by(&self, repo: &Repo, file: FileId, function: &FunctionRow) -> Vec<FunctionId> {
        let given = function.returns.iter();
        let values = given.flat_map(|text| repo.meaning(file, *text));
        let functions = values.filter_map(|value| match value {
            Value::Function(of, at) => Some(self.id(*of, *at)),
            _ => None,
        });
        functions.collect()
    }

    /// What decorators of the repository put in the place of a function: `def check(view): def inner(request): ...; return inner`.
    pub(super) fn put_around(
        &self,
        repo: &Repo,
        file: FileId,
        decorators: &[TextId],
    ) -> Vec<FunctionId> {
        if repo.file(file).language != Language::Python {
            return Vec::new();
        }
        let decorators = decorators.iter();
        let values = decorators.flat_map(|text| repo.meaning(file, *text));
        let own = values.filter_map(|value| match value {
            Value::Function(of, at) => Some((*of, *at)),
            _ => None,
        });
        own.flat_map(|(of, at)| {
            self.given_by(repo, of, &repo.file(of).index.functions[at as usize])
        })
        .collect()
    }
}

/// Functions of `file` that are known as `symbol`; `*` is every one of the module itself, `*.*` every method.
pub(super) fn named(repo: &Repo, graph: &Graph, file: FileId, symbol: &str) -> Vec<FunctionId> {
    let index = &repo.file(file).index;
    let ids = |all: &mut dyn Iterator<Item = u32>| all.map(|at| graph.id(file, at)).collect();
    if symbol == "*" {
        return ids(&mut index.functions_by_name.values().copied());
    }
    if symbol == "*.*" {
        let methods = index
            .classes
            .iter()
            .flat_map(|class| class.methods.values());
        let mut methods = methods.copied();
        return ids(&mut methods);
    }
    if let Some(at) = index.functions_by_name.get(symbol) {
        return vec![graph.id(file, *at)];
    }
    let Some(values) = index.names.get(symbol) else {
        // A function set on something at the top level: `App.getInitialProps = async () => ...`.
        let is_set = |at: &u32| {
            let row = &index.functions[*at as usize];
            row.outer.is_none() && row.class.is_none() && repo.file(file).text(row.name) == symbol
        };
        return ids(&mut index.functions_by_node.values().copied().filter(is_set));
    };
    let found: Vec<FunctionId> = values
        .iter()
        .flat_map(|text| repo.meaning(file, *text))
        .filter_map(|value| match value {
            Value::Function(of, at) => Some(graph.id(*of, *at)),
            _ => None,
        })
        // `export const handler = wrap(async (event) => ...)`, whatever file wraps it.
        .filter(|id| graph.locate(*id).0 == file || graph.wrappers.given_back.contains(id))
        .collect();
    match found.is_empty() {
        // `export const handler = middy(list).use(cors())`: what a library wraps runs as what it gives back.
        true => graph.wrapped_as(repo, file, symbol),
        false => found,
    }
}
