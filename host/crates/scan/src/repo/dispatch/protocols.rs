//! Classes of Python that satisfy a protocol without saying so: they have all its methods.

use rustc_hash::FxHashMap;

use super::{MOST_BY_SHAPE, Overriding, ancestors};
use crate::lower::Language;
use crate::repo::callgraph::Graph;
use crate::repo::resolve::Value;
use crate::repo::{FileId, Repo};
use perfctl_core::path_class::PathClass;

/// A method by name, with the class that it is of.
type Having<'r> = FxHashMap<&'r str, Vec<(FileId, u32)>>;

/// Adds to `all` the methods of classes that have every method of a protocol. A protocol that very many classes fit is fitted by chance.
pub(super) fn by_protocol(repo: &Repo, graph: &Graph, all: &mut Overriding) {
    let files = || {
        repo.ids().filter(|file| {
            let code = repo.file(*file);
            code.language == Language::Python && code.class != PathClass::Test
        })
    };
    let protocols: Vec<(FileId, u32)> = files()
        .flat_map(|file| {
            let classes = repo.file(file).index.classes.iter().enumerate();
            classes
                .filter(move |(_, class)| !class.bases.is_empty() && !class.methods.is_empty())
                .map(move |(at, _)| (file, at as u32))
        })
        .filter(|(file, at)| is_protocol(repo, *file, *at))
        .collect();
    if protocols.is_empty() {
        return;
    }
    let mut having = Having::default();
    for file in files() {
        for (at, class) in repo.file(file).index.classes.iter().enumerate() {
            for name in class.methods.keys() {
                having.entry(name).or_default().push((file, at as u32));
            }
        }
    }
    for (file, at) in protocols {
        let methods = &repo.file(file).index.classes[at as usize].methods;
        let own = |class: &(FileId, u32), name: &str| {
            let methods = &repo.file(class.0).index.classes[class.1 as usize].methods;
            methods.get(name).map(|at| graph.id(class.0, *at))
        };
        let rarest = methods
            .keys()
            .min_by_key(|name| (having.get(&***name).map_or(0, Vec::len), &**name));
        let candidates = rarest.and_then(|name| having.get(&**name));
        let fits = |class: &&(FileId, u32)| {
            **class != (file, at)
                && methods.keys().all(|name| own(class, name).is_some())
                && !is_protocol(repo, class.0, class.1)
                && !ancestors(repo, class.0, class.1).contains(&(file, at))
        };
        let fitting: Vec<_> = candidates.into_iter().flatten().filter(fits).collect();
        if fitting.len() > MOST_BY_SHAPE {
            continue;
        }
        for (name, declared) in methods {
            let declared = graph.id(file, *declared);
            if graph.is_abstract(repo, declared) {
                let standing = fitting.iter().filter_map(|class| own(class, name));
                all.entry(declared).or_default().extend(standing);
            }
        }
    }
}

fn is_protocol(repo: &Repo, file: FileId, class: u32) -> bool {
    let bases = &repo.file(file).index.classes[class as usize].bases;
    let mut values = bases.iter().flat_map(|base| repo.meaning(file, *base));
    values.any(|value| {
        matches!(value, Value::Library(path)
            if matches!(&**path, "typing.Protocol" | "typing_extensions.Protocol"))
    })
}
