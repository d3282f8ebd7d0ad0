//! A node of code: what it is, what it means, where it runs.

use std::sync::Arc;

use mlua::{FromLua, Lua, Result, UserData, UserDataFields, UserDataMethods, Value};
use perfctl_scan::matcher::PathPattern;
use perfctl_scan::model::loops;
use perfctl_scan::repo::facts::EFFECTS;
use perfctl_scan::repo::resolve::Value as Meaning;
use perfctl_scan::tree::{Kind, NodeId, Role};
use perfctl_scan::view::arguments::{Argument, Literal};
use perfctl_scan::view::code::{Code, Hop};
use perfctl_scan::view::{FileView, RepoView};

use super::file::File;
use super::report::SpanLike;
use super::surroundings::{Func, Loop};
use super::words::{flag_of, kind_word, mask_of, role_of, sort_of};

/// A node, as a script holds it.
#[derive(Clone)]
pub struct Node {
    /// The file.
    pub file: Arc<FileView>,
    /// The node.
    pub id: NodeId,
}

impl Node {
    pub(super) fn new(file: &Arc<FileView>, id: NodeId) -> Self {
        Self {
            file: file.clone(),
            id,
        }
    }

    pub(super) fn at(&self, id: NodeId) -> Self {
        Self::new(&self.file, id)
    }

    pub(super) fn code(&self) -> Result<&Code> {
        self.file
            .code()
            .ok_or_else(|| mlua::Error::runtime("this file holds no code"))
    }

    pub(super) fn repo(&self) -> Result<Arc<RepoView>> {
        self.file.repo().ok_or_else(|| {
            mlua::Error::runtime("the repository is gone: nodes do not outlive their call")
        })
    }

    /// The call behind an `await` or a statement, else the node itself.
    pub(super) fn call(&self, code: &Code) -> NodeId {
        let tree = &code.syntax.tree;
        let mut at = self.id;
        while matches!(tree.node(at).kind, Kind::Await | Kind::ExprStmt) {
            match tree.child(at, Role::Value) {
                Some(inner) => at = inner,
                None => break,
            }
        }
        at
    }
}

impl FromLua for Node {
    fn from_lua(value: Value, _: &Lua) -> Result<Self> {
        match value {
            Value::UserData(data) => Ok(data.borrow::<Node>()?.clone()),
            other => Err(mlua::Error::runtime(format!(
                "a node is needed, not {}",
                other.type_name()
            ))),
        }
    }
}

/// Most words of a list that a method takes.
const MOST_WORDS: usize = 1000;

/// Strings given as one string or a list of them.
pub(super) fn words(value: Value) -> Result<Vec<String>> {
    match value {
        Value::String(one) => Ok(vec![one.to_str()?.to_owned()]),
        Value::Table(list) => {
            if list.raw_len() > MOST_WORDS {
                let message = format!("more than {MOST_WORDS} words in one list");
                return Err(mlua::Error::runtime(message));
            }
            list.sequence_values::<String>().collect()
        }
        other => Err(mlua::Error::runtime(format!(
            "a string or a list of strings is needed, not {}",
            other.type_name()
        ))),
    }
}

/// Patterns over dotted paths, given as one string or a list of them.
pub(super) fn patterns_of(value: Value) -> Result<Vec<PathPattern>> {
    let mut all = Vec::new();
    for text in words(value)? {
        all.extend(PathPattern::read(&text).map_err(mlua::Error::runtime)?);
    }
    Ok(all)
}

impl UserData for Node {
    fn add_fields<F: UserDataFields<Self>>(fields: &mut F) {
        fields.add_field_method_get("kind", |_, this| {
            Ok(kind_word(this.code()?.syntax.tree.node(this.id).kind))
        });
        fields.add_field_method_get("text", |lua, this| {
            lua.create_string(this.code()?.syntax.tree.text(this.id))
        });
        fields.add_field_method_get("source", |lua, this| {
            lua.create_string(this.file.slice(this.code()?.syntax.tree.node(this.id).span))
        });
        fields.add_field_method_get("line", |_, this| {
            Ok(this
                .file
                .lines()
                .line_of(this.code()?.syntax.tree.node(this.id).span.start))
        });
        fields.add_field_method_get("last_line", |_, this| {
            Ok(this.file.lines().line_of(
                this.code()?
                    .syntax
                    .tree
                    .node(this.id)
                    .span
                    .end
                    .saturating_sub(1),
            ))
        });
        fields.add_field_method_get("file", |_, this| Ok(File::new(this.file.clone())));
        // The last name of what a call calls, of an attribute, or the name itself.
        fields.add_field_method_get("name", |lua, this| {
            let tree = &this.code()?.syntax.tree;
            let at = match tree.node(this.id).kind {
                Kind::Call => tree.child(this.id, Role::Callee).unwrap_or(this.id),
                _ => this.id,
            };
            lua.create_string(tree.text(at))
        });
        fields.add_field_method_get("id", |_, this| Ok(this.id.0));
    }

    fn add_methods<M: UserDataMethods<Self>>(methods: &mut M) {
        super::refuse_other_names(methods, "Node");
        add_structure(methods);
        add_meaning(methods);
        add_arguments(methods);
        add_surroundings(methods);
        super::links::add_to_node(methods);
    }
}

fn add_structure<M: UserDataMethods<Node>>(methods: &mut M) {
    methods.add_method("has", |_, this, flag: String| {
        Ok(this
            .code()?
            .syntax
            .tree
            .node(this.id)
            .flags
            .has(flag_of(&flag)?))
    });
    methods.add_method("parent", |_, this, ()| {
        let tree = &this.code()?.syntax.tree;
        let parent = tree.node(this.id).parent;
        Ok((parent != this.id).then(|| this.at(parent)))
    });
    methods.add_method("child", |_, this, role: String| {
        Ok(this
            .code()?
            .syntax
            .tree
            .child(this.id, role_of(&role)?)
            .map(|id| this.at(id)))
    });
    methods.add_method("children", |_, this, role: Option<String>| {
        let tree = &this.code()?.syntax.tree;
        let role = role.map(|role| role_of(&role)).transpose()?;
        let all: Vec<Node> = tree
            .children(this.id)
            .filter(|id| role.is_none_or(|role| tree.node(*id).role == role))
            .map(|id| this.at(id))
            .collect();
        Ok(all)
    });
    methods.add_method("descendants", |_, this, kinds: Value| {
        let tree = &this.code()?.syntax.tree;
        let kinds = words(kinds)?;
        let all: Vec<Node> = tree
            .descendants(this.id)
            .filter(|id| {
                kinds
                    .iter()
                    .any(|kind| kind == kind_word(tree.node(*id).kind))
            })
            .take(20_000)
            .map(|id| this.at(id))
            .collect();
        Ok(all)
    });
    methods.add_method("enclosing", |_, this, kinds: Value| {
        let tree = &this.code()?.syntax.tree;
        let kinds = words(kinds)?;
        Ok(tree
            .ancestors(this.id)
            .find(|id| {
                kinds
                    .iter()
                    .any(|kind| kind == kind_word(tree.node(*id).kind))
            })
            .map(|id| this.at(id)))
    });
    methods.add_method("is_within", |_, this, other: Node| {
        Ok(this.file.at() == other.file.at()
            && this.code()?.syntax.tree.is_within(this.id, other.id))
    });
    methods.add_method("same", |_, this, other: Node| {
        Ok(this.file.at() == other.file.at() && this.id == other.id)
    });
    methods.add_method("role", |_, this, ()| {
        Ok(format!("{:?}", this.code()?.syntax.tree.node(this.id).role).to_ascii_lowercase())
    });
    methods.add_method("statement", |_, this, ()| {
        let tree = &this.code()?.syntax.tree;
        let is_statement = |id: &NodeId| {
            matches!(
                tree.node(tree.node(*id).parent).kind,
                Kind::Block | Kind::Module
            )
        };
        let found = std::iter::once(this.id)
            .chain(tree.ancestors(this.id))
            .find(is_statement);
        Ok(found.map(|id| this.at(id)))
    });
    // The statement after this one in the same block.
    methods.add_method("next_statement", |_, this, ()| {
        let tree = &this.code()?.syntax.tree;
        let node = tree.node(this.id);
        let end = node.end;
        Ok((end < tree.node(node.parent).end && node.parent != this.id).then(|| this.at(end)))
    });
    // Whether this expression reads one of the names bound by `other`.
    methods.add_method("reads_from", |_, this, other: Node| {
        let tree = &this.code()?.syntax.tree;
        let mut names = rustc_hash_set();
        for child in tree.children(other.id) {
            if tree.node(child).role == Role::Target {
                for id in std::iter::once(child).chain(tree.descendants(child)) {
                    if tree.node(id).kind == Kind::Name {
                        names.insert(tree.node(id).atom);
                    }
                }
            }
        }
        Ok(loops::mentions(tree, this.id, &names))
    });
}

fn rustc_hash_set() -> rustc_hash::FxHashSet<perfctl_scan::tree::Atom> {
    rustc_hash::FxHashSet::default()
}

fn add_meaning<M: UserDataMethods<Node>>(methods: &mut M) {
    // What a call calls, or where any other value comes from: canonical paths.
    methods.add_method("target", |_, this, ()| {
        let code = this.code()?;
        let repo = this.repo()?;
        let all: Vec<String> = code
            .target(&repo, this.call(code))
            .iter()
            .map(|meaning| repo.repo.describe(meaning))
            .filter(|text| !text.is_empty())
            .collect();
        Ok(all)
    });
    methods.add_method("origin", |_, this, ()| {
        let code = this.code()?;
        let repo = this.repo()?;
        let all: Vec<String> = code
            .meaning(&repo, this.id)
            .iter()
            .map(|meaning| repo.repo.describe(meaning))
            .filter(|text| !text.is_empty())
            .collect();
        Ok(all)
    });
    // unknown, param, literal, library or project; of the receiver of a call when asked for it.
    methods.add_method("sort", |_, this, ()| {
        let code = this.code()?;
        let repo = this.repo()?;
        Ok(code
            .meaning(&repo, this.id)
            .first()
            .map_or("unknown", sort_of))
    });
    methods.add_method("is", |_, this, patterns: Value| {
        let code = this.code()?;
        let repo = this.repo()?;
        let patterns = patterns_of(patterns)?;
        Ok(code
            .target(&repo, this.call(code))
            .iter()
            .any(|meaning| match meaning {
                Meaning::Library(path) => patterns.iter().any(|pattern| pattern.fits(path)),
                _ => false,
            }))
    });
    methods.add_method("comes_from", |_, this, patterns: Value| {
        let code = this.code()?;
        let repo = this.repo()?;
        let patterns = patterns_of(patterns)?;
        Ok(code
            .meaning(&repo, this.id)
            .iter()
            .any(|meaning| match meaning {
                Meaning::Library(path) => patterns.iter().any(|pattern| pattern.fits(path)),
                _ => false,
            }))
    });
    methods.add_method("fact", |_, this, key: String| {
        let code = this.code()?;
        let repo = this.repo()?;
        Ok(code
            .fact(&repo, this.call(code))
            .and_then(|(_, fact)| fact.get(&key).map(str::to_owned)))
    });
    methods.add_method("receiver", |_, this, ()| {
        let code = this.code()?;
        let tree = &code.syntax.tree;
        let call = this.call(code);
        let base = match tree.node(call).kind {
            Kind::Call => tree
                .child(call, Role::Callee)
                .and_then(|callee| tree.child(callee, Role::Value)),
            Kind::Attr => tree.child(call, Role::Value),
            _ => None,
        };
        Ok(base.map(|id| this.at(id)))
    });
    methods.add_method("effects", |_, this, ()| {
        let code = this.code()?;
        let effects = code.reached_effects(&*this.repo()?, this.call(code));
        Ok((names_of(effects.all), names_of(effects.blocking)))
    });
    // The calls below this one down to the one with an effect: a list of {path, symbol, callee, node?}.
    methods.add_method(
        "chain",
        |lua, this, (effects, blocking): (Value, Option<bool>)| {
            let code = this.code()?;
            let repo = this.repo()?;
            let mask = mask_of(&words(effects)?)?;
            hop_list(
                lua,
                &repo,
                code.chain(&repo, this.call(code), mask, blocking.unwrap_or(false)),
            )
        },
    );
    // The calls by which a coroutine gets to the function around this node in the thread of its own event loop, as `chain`
    // gives them; empty when that is a coroutine itself, nil when none gets there.
    methods.add_method("from_loop", |lua, this, ()| {
        let code = this.code()?;
        let repo = this.repo()?;
        code.from_loop(&repo, this.id)
            .map(|hops| hop_list(lua, &repo, hops))
            .transpose()
    });
    methods.add_method("literal", |lua, this, ()| {
        let code = this.code()?;
        let value = match code.literal(this.id) {
            None => code
                .definition(&this.repo()?, this.id)
                .and_then(|(file, id)| file.code().and_then(|code| code.literal(id))),
            value => value,
        };
        literal_values(lua, value)
    });
}

/// Hops as a list of `{path, symbol, callee, node?}`.
fn hop_list(lua: &Lua, repo: &Arc<RepoView>, hops: Vec<Hop>) -> Result<mlua::Table> {
    let list = lua.create_table()?;
    for hop in hops {
        let row = lua.create_table()?;
        row.set("path", &*hop.path)?;
        row.set("symbol", hop.symbol)?;
        row.set("callee", hop.callee)?;
        let opened = repo.entry(&hop.path).and_then(|at| repo.open(at).ok());
        if let Some(file) = opened {
            row.set("node", Node::new(&file, hop.call))?;
        }
        list.push(row)?;
    }
    Ok(list)
}

/// Value and whether it is known; null is nil and known.
fn literal_values(lua: &Lua, value: Option<Literal>) -> Result<(Value, bool)> {
    Ok(match value {
        None => (Value::Nil, false),
        Some(Literal::Null) => (Value::Nil, true),
        Some(Literal::Bool(value)) => (Value::Boolean(value), true),
        Some(Literal::Number(value)) => (Value::Number(value), true),
        Some(Literal::Text(value)) => (Value::String(lua.create_string(value)?), true),
    })
}

/// A looked-up argument as scripts get it.
fn found((file, argument): (Arc<FileView>, Argument)) -> (Option<Node>, &'static str) {
    match argument {
        Argument::Given(id) => (Some(Node::new(&file, id)), "given"),
        Argument::Hidden(id) => (Some(Node::new(&file, id)), "hidden"),
        Argument::Absent => (None, "absent"),
    }
}

pub(super) fn names_of(mask: u32) -> Vec<&'static str> {
    EFFECTS
        .iter()
        .enumerate()
        .filter(|(at, _)| mask & (1 << at) != 0)
        .map(|(_, name)| *name)
        .collect()
}

fn add_arguments<M: UserDataMethods<Node>>(methods: &mut M) {
    // The argument by name or position (from 1), and "given", "absent" or "hidden".
    methods.add_method("arg", |_, this, key: Value| {
        let code = this.code()?;
        let call = this.call(code);
        let at = |position: usize| match code.positional(call, position) {
            Some(id) => (Some(this.at(id)), "given"),
            // `f(*args)` may well hand it over.
            None if code.has_spread(call) => (None, "hidden"),
            None => (None, "absent"),
        };
        Ok(match key {
            Value::Integer(position) => at((position.max(1) - 1) as usize),
            Value::Number(position) => at((position.max(1.0) - 1.0) as usize),
            other => {
                let name = words(other)?.join("");
                let find = |code: &Code, known: &[NodeId]| code.named_beside(call, &name, known);
                found(code.argument_across(&this.file, &this.repo()?, &name, find))
            }
        })
    });
    methods.add_method("args", |_, this, ()| {
        let code = this.code()?;
        let all: Vec<Node> = code
            .arguments(this.call(code))
            .into_iter()
            .map(|id| this.at(id))
            .collect();
        Ok(all)
    });
    methods.add_method("entry", |_, this, key: String| {
        let find = |code: &Code, known: &[NodeId]| code.entry_beside(this.id, &key, 0, known);
        Ok(found(this.code()?.argument_across(
            &this.file,
            &this.repo()?,
            &key,
            find,
        )))
    });
    // The one value that a name was given in this file.
    methods.add_method("value", |_, this, ()| {
        Ok(this.code()?.bound_value(this.id).map(|id| this.at(id)))
    });
    // What defines an imported name or an attribute of an instance: the value of its only assignment, or the function or
    // class, in whatever file.
    methods.add_method("definition", |_, this, ()| {
        let found = this.code()?.definition(&this.repo()?, this.id);
        Ok(found.map(|(file, id)| Node::new(&file, id)))
    });
    // The position (from 1) of the parameter that a name is.
    methods.add_method("param_position", |_, this, ()| {
        Ok(this.code()?.parameter(this.id).map(|(_, at)| at + 1))
    });
}

fn add_surroundings<M: UserDataMethods<Node>>(methods: &mut M) {
    methods.add_method("loops", |_, this, ()| {
        let all: Vec<Loop> = this
            .code()?
            .loops(this.id)
            .into_iter()
            .map(|at| Loop {
                file: this.file.clone(),
                at,
            })
            .collect();
        Ok(all)
    });
    methods.add_method("func", |_, this, ()| {
        let code = this.code()?;
        let at = if code.syntax.tree.node(this.id).kind == Kind::Function {
            Some(this.id)
        } else {
            code.function_around(this.id)
        };
        Ok(at.map(|id| Func { node: this.at(id) }))
    });
    methods.add_method("reach", |_, this, ()| {
        Ok(this.code()?.reach(&*this.repo()?, this.id).word())
    });
    methods.add_method("symbol", |_, this, ()| {
        Ok(this.code()?.symbol(&*this.repo()?, this.id))
    });
    methods.add_method("route", |lua, this, ()| {
        let list = lua.create_table()?;
        for (path, symbol) in this.code()?.route(&*this.repo()?, this.id) {
            let row = lua.create_table()?;
            row.set("path", &*path)?;
            row.set("symbol", symbol)?;
            list.push(row)?;
        }
        Ok(list)
    });
    methods.add_method("is_awaited", |_, this, ()| {
        let tree = &this.code()?.syntax.tree;
        let parent = tree.node(tree.node(this.id).parent);
        Ok(parent.kind == Kind::Await || tree.node(this.id).kind == Kind::Await)
    });
    // The calls in whose arguments this node stands, innermost first, functions looked through.
    methods.add_method("argument_of", |_, this, ()| {
        let tree = &this.code()?.syntax.tree;
        let mut inner = this.id;
        let mut all = Vec::new();
        for up in tree.ancestors(this.id) {
            if tree.node(up).kind == Kind::Call && tree.node(inner).role == Role::Arg {
                all.push(this.at(up));
            }
            inner = up;
        }
        Ok(all)
    });
    // Calls chained on this one's result, nearest first, up to the whole chain; and those it is chained on.
    methods.add_method("chained", |_, this, ()| {
        let code = this.code()?;
        let tree = &code.syntax.tree;
        let call = this.call(code);
        let (mut after, mut before) = (Vec::new(), Vec::new());
        let mut at = call;
        loop {
            let parent = tree.node(at).parent;
            let chains = match tree.node(parent).kind {
                Kind::Attr | Kind::Index => tree.node(at).role == Role::Value,
                Kind::Call => tree.node(at).role == Role::Callee,
                Kind::Await => true,
                _ => false,
            };
            if !chains || parent == at {
                break;
            }
            if tree.node(parent).kind == Kind::Call {
                after.push(this.at(parent));
            }
            at = parent;
        }
        let mut at = call;
        while let Some(inner) = tree
            .child(at, Role::Callee)
            .or_else(|| tree.child(at, Role::Value))
        {
            if tree.node(inner).kind == Kind::Call {
                before.push(this.at(inner));
            }
            at = inner;
        }
        Ok((after, before))
    });
}

impl SpanLike for Node {
    fn locate(&self) -> Result<(Arc<FileView>, perfctl_core::place::ByteSpan, Option<NodeId>)> {
        let code = self.code()?;
        Ok((
            self.file.clone(),
            code.head(&self.file, self.id),
            Some(self.id),
        ))
    }
}
