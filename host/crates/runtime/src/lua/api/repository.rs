//! The repository as a whole.

use std::collections::BTreeMap;
use std::sync::Arc;

use globset::{Glob, GlobSet};
use mlua::{UserData, UserDataFields, UserDataMethods, Value};
use perfctl_scan::deploy;
use perfctl_scan::matcher::evidence::Evidence;
use perfctl_scan::matcher::literal::AnyOf;
use perfctl_scan::repo::FileId;
use perfctl_scan::scanner::Survey;
use perfctl_scan::source;
use perfctl_scan::tree::NodeId;
use perfctl_scan::view::RepoView;

use super::file::File as OpenFile;
use super::lists::patterns_of;
use super::node::Node;

/// The repository, as a script holds it.
#[derive(Clone)]
pub struct Repository {
    view: Arc<RepoView>,
    evidence: Arc<Evidence>,
    /// Position of the rule that asks.
    rule: usize,
    /// Names of its evidence matchers, with their positions.
    names: Arc<BTreeMap<String, usize>>,
}

impl Repository {
    /// The repository for the rule at `rule`, whose evidence matchers are `names`.
    pub fn new(survey: &Survey, rule: usize, names: Arc<BTreeMap<String, usize>>) -> Self {
        Self {
            view: survey.view.clone(),
            evidence: survey.evidence.clone(),
            rule,
            names,
        }
    }

    fn path(&self, file: FileId) -> String {
        self.view.repo.file(file).path.to_string()
    }
}

/// A script's glob. Built as a set, since a single one panics where its expression cannot be compiled.
fn glob(pattern: &str) -> mlua::Result<GlobSet> {
    let wrong = |error: globset::Error| {
        let shown: String = pattern.chars().take(80).collect();
        mlua::Error::runtime(format!("`{shown}` is no glob: {}", error.kind()))
    };
    GlobSet::new([Glob::new(pattern).map_err(wrong)?]).map_err(wrong)
}

/// A script's string, or its list of strings, none of which need be text.
fn byte_strings(value: Value) -> mlua::Result<Vec<Vec<u8>>> {
    match value {
        Value::String(one) => Ok(vec![one.as_bytes().to_vec()]),
        Value::Table(list) => list
            .sequence_values::<mlua::LuaString>()
            .take(1000)
            .map(|one| one.map(|one| one.as_bytes().to_vec()))
            .collect(),
        other => Err(mlua::Error::runtime(format!(
            "a string or a list of strings is needed, not {}",
            other.type_name()
        ))),
    }
}

/// The largest file that is searched for a string, in bytes.
const LARGEST: u64 = 4 << 20;

/// The most ways from entry points to a file that one question is answered with.
const MOST_CHAINS: usize = 200;

/// A file on the way from an entry point, as a script holds it. Opened only when its import is asked for.
pub(super) struct Hop {
    view: Arc<RepoView>,
    path: Arc<str>,
    import: Option<NodeId>,
}

impl UserData for Hop {
    fn add_fields<F: UserDataFields<Self>>(fields: &mut F) {
        fields.add_field_method_get("path", |_, this| Ok(this.path.to_string()));
        fields.add_field_method_get("import", |_, this| {
            let opened = this
                .view
                .entry(&this.path)
                .and_then(|at| this.view.open(at).ok());
            Ok(opened
                .zip(this.import)
                .map(|(file, import)| Node::new(&file, import)))
        });
    }

    fn add_methods<M: UserDataMethods<Self>>(methods: &mut M) {
        super::refuse_other_names(methods, "LoadHop");
    }
}

/// The most paths or files that one question is answered with.
const MOST: usize = 20_000;

impl UserData for Repository {
    fn add_methods<M: UserDataMethods<Self>>(methods: &mut M) {
        super::refuse_other_names(methods, "Repository");
        // Paths that match a glob, sorted; test files and vendored code included.
        methods.add_method("paths", |_, this, pattern: String| {
            let glob = glob(&pattern)?;
            let all: Vec<String> = this
                .view
                .entries()
                .iter()
                .filter(|entry| glob.is_match(&*entry.path))
                .take(MOST)
                .map(|entry| entry.path.to_string())
                .collect();
            Ok(all)
        });
        // What lies at a path: "file", "directory" or nil. The empty path is the root.
        methods.add_method("at", |_, this, path: String| {
            let path = path.trim_matches('/');
            if this.view.entry(path).is_some() {
                return Ok(Some("file"));
            }
            Ok((!this.view.below(path).is_empty()).then_some("directory"))
        });
        // How many bytes the file at a path has, whatever is in it; nil when there is none.
        methods.add_method("size", |_, this, path: String| {
            let at = this.view.entry(&path);
            Ok(at.map(|at| this.view.entries()[at].size))
        });
        // Paths of all files below a directory, sorted; the empty path is the root.
        methods.add_method("below", |_, this, directory: String| {
            let entries = this.view.below(directory.trim_matches('/'));
            Ok(entries
                .iter()
                .take(MOST)
                .map(|entry| entry.path.to_string())
                .collect::<Vec<_>>())
        });
        // The words that the packs' facts hold under a path, as a table; nil when there are none.
        methods.add_method("fact", |lua, this, path: String| {
            let Some(fact) = this.view.repo.facts.get(&path) else {
                return Ok(None);
            };
            Ok(Some(lua.create_table_from(fact.words())?))
        });
        // Paths of the files in which an evidence matcher of this rule matched, sorted.
        methods.add_method("matched", |_, this, name: String| {
            let Some(matcher) = this.names.get(&name) else {
                return Err(mlua::Error::runtime(format!(
                    "no matcher of this rule with `evidence = true` is named `{name}`"
                )));
            };
            let paths = this.evidence.paths(this.rule, *matcher).iter().take(MOST);
            Ok(paths.map(|path| path.to_string()).collect::<Vec<_>>())
        });
        // Paths of the files that match a glob and whose text holds a string, or one of several: each file is read once, so that
        // asking for many strings costs what asking for one does.
        methods.add_method("holding", |_, this, (pattern, texts): (String, Value)| {
            let glob = glob(&pattern)?;
            let texts = byte_strings(texts)?;
            // All texts in one pass: the files of a repository are many megabytes.
            let texts = AnyOf::new(&texts).map_err(mlua::Error::external)?;
            let holds = |at: usize| {
                let bytes = this.view.read_kept(at, LARGEST);
                bytes.is_ok_and(|bytes| texts.stands_in(&bytes[..]))
            };
            let all: Vec<String> = this
                .view
                .entries()
                .iter()
                .enumerate()
                .filter(|(at, entry)| {
                    entry.size <= LARGEST && glob.is_match(&*entry.path) && holds(*at)
                })
                .take(MOST)
                .map(|(_, entry)| entry.path.to_string())
                .collect();
            Ok(all)
        });
        // The files at which a process starts that load a file, each with the way from it to the file: a list of hops
        // {path, import?}, whose `import` is the node that leads on. A file that is one itself has a way of one hop.
        methods.add_method("loaded_by", |lua, this, path: String| {
            let list = lua.create_table()?;
            let Some(file) = this.view.repo.find(&path) else {
                return Ok(list);
            };
            for chain in this
                .view
                .loads()
                .chains(file, |id| this.view.is_start(id))
                .into_iter()
                .take(MOST_CHAINS)
            {
                let row = lua.create_table()?;
                for (id, import) in chain {
                    row.push(Hop {
                        view: this.view.clone(),
                        path: this.view.repo.file(id).path.clone(),
                        import,
                    })?;
                }
                list.push(row)?;
            }
            Ok(list)
        });
        // Where a file is deployed, by what is said most closely about it: a list of {name, path, scales_to_zero}.
        methods.add_method("deploy_targets", |lua, this, path: String| {
            let list = lua.create_table()?;
            for one in deploy::nearest(this.view.deployments(), &path) {
                let row = lua.create_table()?;
                row.set("name", one.target.as_str())?;
                row.set("path", &*one.path)?;
                row.set("scales_to_zero", one.scales_to_zero)?;
                list.push(row)?;
            }
            Ok(list)
        });
        // The text of a file; nil where there is none, where it is no text, or too large. For what is searched and not understood: nothing is parsed.
        methods.add_method("text", |lua, this, path: String| {
            let bytes = this
                .view
                .entry(&path)
                .and_then(|at| this.view.read_kept(at, LARGEST).ok());
            let text = bytes.map(|bytes| lua.create_string(&*source::decode(&bytes)));
            text.transpose()
        });
        methods.add_method("open", |_, this, path: String| {
            let Some(at) = this.view.entry(&path) else {
                return Ok(None);
            };
            Ok(this.view.open(at).ok().map(OpenFile::new))
        });
        // Whether code outside tests imports one of the modules; and the first file that does.
        methods.add_method("imports", |lua, this, patterns: Value| {
            let fitting = this.view.imports().fitting(&patterns_of(lua, patterns)?);
            let first = fitting.first().map(|id| this.path(*id));
            Ok((first.is_some(), first))
        });
        // Paths of the files outside tests that import one of the modules, at any level.
        methods.add_method("importers", |lua, this, patterns: Value| {
            let fitting = this.view.imports().fitting(&patterns_of(lua, patterns)?);
            let paths = fitting.iter().take(MOST).map(|id| this.path(*id));
            Ok(paths.collect::<Vec<String>>())
        });
        // Calls outside tests that call one of the paths: nodes.
        methods.add_method("calls", |lua, this, patterns: Value| {
            let calls = this.view.calls().fitting(&patterns_of(lua, patterns)?);
            let mut all = Vec::new();
            for calls in calls.chunk_by(|left, right| left.0 == right.0) {
                if all.len() >= MOST {
                    break;
                }
                let path = &this.view.repo.file(calls[0].0).path;
                let opened = this.view.entry(path).and_then(|at| this.view.open(at).ok());
                if let Some(file) = opened {
                    let nodes = calls.iter().map(|call| this.view.node_of(*call));
                    all.extend(nodes.map(|node| Node::new(&file, node)));
                }
            }
            all.truncate(MOST);
            Ok(all)
        });
    }
}
