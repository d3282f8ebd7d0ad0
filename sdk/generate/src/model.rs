//! What the generators write from: the WIT package as classes, records and words.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::differences::Access;
use crate::luau::Stubs;

/// The API of plugins.
#[derive(Debug)]
pub struct Model {
    /// The version of the WIT package.
    pub version: String,
    /// What the SDKs themselves call beside the classes: interfaces with the names of their functions.
    pub called: Vec<(String, Vec<String>)>,
    /// Things of the audited repository, `Repository` last.
    pub classes: Vec<Class>,
    /// Records of all interfaces.
    pub records: Vec<Record>,
    /// Variants of all interfaces.
    pub variants: Vec<Variant>,
    /// Texts that are one of several words.
    pub words: Vec<Words>,
}

/// A thing of the audited repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Class {
    /// Its name in every language: `DockerStage`.
    pub name: String,
    /// What it is.
    pub docs: String,
    /// Whether objects hold a number of the host's; only `Repository` does not.
    pub has_handle: bool,
    /// What it offers, in the order of the WIT.
    pub members: Vec<Member>,
}

/// Something that a class offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Its name in the WIT: `last-line`.
    pub name: String,
    /// The interface whose function it is: `docker-stage`.
    pub interface: String,
    /// What it is.
    pub docs: String,
    /// Whether Lua has it as a field or as a method.
    pub access: Access,
    /// What it takes beside the object.
    pub parameters: Vec<Parameter>,
    /// What comes back; of a `result` the good side.
    pub result: Type,
    /// Whether it is a `result` whose other side says what the author did wrong.
    pub fails: bool,
}

/// What a member takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// Its name in the WIT.
    pub name: String,
    /// Its type in the WIT.
    pub is: Type,
    /// Whether Lua takes one thing in place of a list.
    pub or_one: bool,
    /// Whether Lua lets it be left out: an `option` is none then, a list empty, a `bool` false.
    pub optional: bool,
}

/// A type of the API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Type {
    /// `bool`
    Bool,
    /// `u8`
    U8,
    /// `u32`
    U32,
    /// `s32`
    S32,
    /// `u64`
    U64,
    /// `f64`
    F64,
    /// `string`
    String,
    /// A `string` that is one of the words of [`Model::words`] of that name.
    Word(String),
    /// `list<T>`
    List(Box<Type>),
    /// A list of pairs that Lua has as a table by key.
    Map(Box<Type>, Box<Type>),
    /// `option<T>`
    Option(Box<Type>),
    /// `tuple<...>`
    Tuple(Vec<Type>),
    /// The number of a thing.
    Class(String),
    /// The number of anything that has a place.
    Place,
    /// A record.
    Record(String),
    /// A variant.
    Variant(String),
}

/// A record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its name in every language: `DeployTarget`.
    pub name: String,
    /// The interface that defines it; `types` for those that members return.
    pub interface: String,
    /// What it is.
    pub docs: String,
    /// Its fields.
    pub fields: Vec<Field>,
}

/// A field of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name in the WIT.
    pub name: String,
    /// What it is.
    pub docs: String,
    /// Its type.
    pub is: Type,
}

/// A variant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variant {
    /// Its name in every language: `Literal`.
    pub name: String,
    /// The interface that defines it.
    pub interface: String,
    /// What it is.
    pub docs: String,
    /// Its cases.
    pub cases: Vec<Case>,
}

/// A case of a variant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Its name in the WIT.
    pub name: String,
    /// What it is.
    pub docs: String,
    /// What it holds.
    pub holds: Option<Type>,
}

/// A text that is one of several words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// Its name: `Presence`; for a field that has words of its own, class and field: `DocKind`.
    pub name: String,
    /// What it says.
    pub docs: String,
    /// The words.
    pub words: Vec<String>,
}

impl Model {
    /// Reads the API from the `sdk` folder of the repository.
    pub fn read(sdk: &Path) -> Result<Self> {
        let stubs = sdk.join("lua/perfctl.d.luau");
        let stubs = std::fs::read_to_string(&stubs)
            .with_context(|| format!("{} cannot be read", stubs.display()))?;
        crate::wit::read(&wit_folder(sdk)?, &Stubs::read(&stubs)?)
    }

    /// The class of that name.
    pub fn class(&self, name: &str) -> Result<&Class> {
        let class = self.classes.iter().find(|class| class.name == name);
        class.with_context(|| format!("no class `{name}`"))
    }

    /// The record of that name.
    pub fn record(&self, name: &str) -> Result<&Record> {
        let record = self.records.iter().find(|record| record.name == name);
        record.with_context(|| format!("no record `{name}`"))
    }

    /// The words of that name.
    pub fn words(&self, name: &str) -> Result<&Words> {
        match self.words.iter().find(|words| words.name == name) {
            Some(words) => Ok(words),
            None => bail!("no words `{name}`"),
        }
    }
}

/// The folder of the newest WIT package below the `sdk` folder. Everything that is generated takes the version from there.
pub fn wit_folder(sdk: &Path) -> Result<PathBuf> {
    let all = sdk.join("wit");
    let entries =
        std::fs::read_dir(&all).with_context(|| format!("{} cannot be read", all.display()))?;
    let names = entries.flatten().map(|entry| entry.file_name());
    let versions = names.filter_map(|name| version(&name.to_string_lossy()));
    match versions.max() {
        Some([major, minor, patch]) => Ok(all.join(format!("{major}.{minor}.{patch}"))),
        None => bail!("{} holds no version of the contract", all.display()),
    }
}

/// The three numbers of a version.
fn version(name: &str) -> Option<[u64; 3]> {
    let numbers: Result<Vec<u64>, _> = name.split('.').map(str::parse).collect();
    numbers.ok()?.try_into().ok()
}
