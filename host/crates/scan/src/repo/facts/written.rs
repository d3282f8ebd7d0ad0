//! Files of facts as they are written.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::repo::side::Sign;

/// A file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub(super) schema: String,
    #[serde(default)]
    pub(super) fact: Vec<BTreeMap<String, toml::Spanned<toml::Value>>>,
    #[serde(default)]
    pub(super) returns: BTreeMap<String, String>,
    #[serde(default)]
    pub(super) convention: Vec<Convention>,
    #[serde(default)]
    pub(super) parameter: Vec<Parameter>,
    #[serde(default)]
    pub(super) framework: Vec<Framework>,
    #[serde(default)]
    pub(super) side: Vec<Sign>,
    #[serde(default)]
    pub(super) deployment: Vec<Platform>,
    #[serde(default)]
    pub(super) entry: Vec<EntryKey>,
}

/// A framework or library worth naming in the portrait of a repository.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Framework {
    /// Its name in reports and in the `when` of recipes.
    pub name: String,
    /// Modules whose import shows it.
    pub imports: Vec<String>,
    /// Paths of calls that make the application that a server runs: `fastapi.FastAPI`.
    #[serde(default)]
    pub application: Vec<String>,
}

/// What shows that something is deployed to a platform. Every condition that is given must hold; documents in TOML and JSON are
/// looked at only where `files` names them.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Platform {
    /// Its name in reports and rules.
    pub target: String,
    /// Whether nothing runs there while nobody asks.
    #[serde(default)]
    pub scales_to_zero: bool,
    /// Globs over paths.
    #[serde(default)]
    pub files: Vec<String>,
    /// Texts, any of which the file holds.
    #[serde(default)]
    pub holds: Vec<String>,
    /// Texts, all of which the file holds.
    #[serde(default)]
    pub holds_all: Vec<String>,
    /// Texts that say that instances are kept all the same.
    #[serde(default)]
    pub unless: Vec<String>,
    /// Patterns of modules, or of names in modules, that infrastructure code imports.
    #[serde(default)]
    pub imports: Vec<String>,
    /// Whether what imports them is what is deployed, and not what deploys it.
    #[serde(default)]
    pub is_code_itself: bool,
}

/// Functions that a platform calls by where they stand and what they are called.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Convention {
    /// Globs over paths.
    pub files: Vec<String>,
    /// Names of functions; `default` is a JavaScript default export, `*` any at the top level, `*.*` any method.
    #[serde(default)]
    pub symbols: Vec<String>,
    /// Properties, of which an object of JavaScript has one that holds functions by name: all functions in such an object, however deep.
    #[serde(default)]
    pub tables: Vec<String>,
    /// Names of leading parameters; empty for any.
    #[serde(default)]
    pub params: Vec<String>,
    /// A directive that the file opens with: `use server`.
    #[serde(default)]
    pub directive: Option<String>,
    /// Names of the leading parameters of what makes them, behind `self`: a class of Python whose instances are called, or a function that
    /// gives one back.
    #[serde(default)]
    pub made_with: Vec<String>,
    /// Globs over names of base classes, or of types that a struct of Go embeds, whose methods are called.
    #[serde(default)]
    pub bases: Vec<String>,
    /// The role: `request`, `worker`, `startup`, `script`.
    pub role: String,
}

/// What parameters hold that frameworks hand to code which does not name them: `function (fastify, options)`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// Names of parameters.
    pub names: Vec<String>,
    /// Languages in which they mean this, by the scanner's names.
    pub languages: Vec<String>,
    /// What they hold, as a path of facts.
    pub is: String,
}

/// Where deploy files name the functions that a platform calls: `Handler: app.create`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EntryKey {
    /// Globs over paths.
    pub files: Vec<String>,
    /// Texts, any of which the file holds.
    #[serde(default)]
    pub holds: Vec<String>,
    /// Keys whose value is a file without its end, or a module of Python, a dot, and a function.
    pub keys: Vec<String>,
    /// Keys beside those that name the module of a function whose key names it alone.
    #[serde(default)]
    pub modules: Vec<String>,
    /// The role: `request`, `worker`, `startup`, `script`.
    pub role: String,
}
