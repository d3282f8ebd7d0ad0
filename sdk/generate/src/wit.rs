//! Fills the model: names, types and docs from the WIT package, fields, words and what may be left out from the stubs for Lua.

use std::path::Path;

use anyhow::{Context, Result, bail};
use wit_bindgen_core::wit_parser::{
    Docs, Function, Interface, Resolve, Type as Wit, TypeDef, TypeDefKind, TypeId,
};

use crate::differences::{self, Access};
use crate::luau::{Class as LuaClass, Lua, Stubs};
use crate::model::{Case, Class, Field, Member, Model, Parameter, Record, Type, Variant, Words};
use crate::names::{pascal, snake};

/// Interfaces without an object: together they are the class `Repository`.
const REPOSITORY: [&str; 2] = ["repository", "files"];

/// Interfaces that no class calls: the SDKs do.
const CALLED: [&str; 2] = ["declared", "log"];

/// Reads the package in a folder.
pub(crate) fn read(folder: &Path, stubs: &Stubs) -> Result<Model> {
    let mut resolve = Resolve::default();
    let (package, _) = resolve.push_dir(folder)?;
    let mut reader = Reader {
        resolve: &resolve,
        stubs,
        handles: Vec::new(),
        words: Vec::new(),
    };
    let interfaces: Vec<(&str, &Interface)> = resolve.packages[package]
        .interfaces
        .iter()
        .map(|(name, id)| (name.as_str(), &resolve.interfaces[*id]))
        .collect();
    reader.handles = interfaces
        .iter()
        .filter(|(name, interface)| takes_self(name, interface))
        .map(|(name, _)| (*name).to_owned())
        .collect();

    let version = resolve.packages[package].name.version.as_ref();
    let version = version.context("the WIT package has no version")?;
    if folder.file_name() != Some(version.to_string().as_ref()) {
        bail!(
            "{} holds version {version} of the contract: its `package` lines say otherwise than its name",
            folder.display()
        );
    }
    let called = interfaces
        .iter()
        .filter(|(name, _)| CALLED.contains(name))
        .map(|(name, interface)| {
            let functions = interface.functions.keys().cloned();
            ((*name).to_owned(), functions.collect())
        });
    let mut model = Model {
        version: version.to_string(),
        called: called.collect(),
        classes: Vec::new(),
        records: Vec::new(),
        variants: Vec::new(),
        words: Vec::new(),
    };
    for (name, interface) in &interfaces {
        if reader.handles.iter().any(|handle| handle == name) {
            let class = reader.class(&pascal(name), &[(*name, *interface)], true);
            model
                .classes
                .push(class.with_context(|| format!("in the interface `{name}`"))?);
        }
        for (of, id) in &interface.types {
            let definition = &resolve.types[*id];
            reader
                .definition(&mut model, name, of, definition)
                .with_context(|| format!("in the type `{of}`"))?;
        }
    }
    let parts: Vec<(&str, &Interface)> = REPOSITORY
        .iter()
        .filter_map(|part| interfaces.iter().find(|(name, _)| name == part).copied())
        .collect();
    model
        .classes
        .push(reader.class("Repository", &parts, false)?);
    reader.named_words()?;
    model.words = reader.words;
    Ok(model)
}

/// An interface is a class when its functions take a number of its own type.
fn takes_self(name: &str, interface: &Interface) -> bool {
    !interface.functions.is_empty()
        && interface.types.contains_key(&format!("{name}-handle"))
        && interface.functions.values().all(|function| {
            function
                .params
                .first()
                .is_some_and(|first| first.name == "self")
        })
}

struct Reader<'a> {
    resolve: &'a Resolve,
    stubs: &'a Stubs,
    handles: Vec<String>,
    words: Vec<Words>,
}

impl Reader<'_> {
    fn class(
        &mut self,
        name: &str,
        parts: &[(&str, &Interface)],
        has_handle: bool,
    ) -> Result<Class> {
        let lua = self
            .stubs
            .class(name)
            .with_context(|| format!("Lua has no class `{name}`"))?
            .clone();
        let mut members = Vec::new();
        for (interface, functions) in parts {
            for function in functions.functions.values() {
                let member = self.member(&lua, interface, function, has_handle);
                members.push(member.with_context(|| format!("in `{}`", function.name))?);
            }
        }
        let docs = parts.first().map(|(_, interface)| text(&interface.docs));
        Ok(Class {
            name: name.to_owned(),
            docs: docs.unwrap_or_default(),
            has_handle,
            members,
        })
    }

    fn member(
        &mut self,
        class: &LuaClass,
        interface: &str,
        function: &Function,
        has_handle: bool,
    ) -> Result<Member> {
        let difference = differences::of(&class.name, &function.name);
        let of_lua = match difference {
            Some(difference) => difference.lua.map(str::to_owned),
            None => Some(snake(&function.name)),
        };
        let lua = class
            .members
            .iter()
            .find(|member| Some(&member.name) == of_lua.as_ref());
        let access = match (difference, lua) {
            (Some(difference), _) => difference.access,
            (None, Some(lua)) if lua.parameters.is_none() => Access::Field,
            (None, Some(_)) => Access::Method,
            (None, None) => bail!("Lua has no such name, and no difference is listed"),
        };
        let called = pascal(&format!("{interface}-{}", function.name));

        let own = function.params.iter().skip(usize::from(has_handle));
        let lua_parameters = lua.and_then(|lua| lua.parameters.as_deref());
        let mut parameters = Vec::new();
        for (at, parameter) in own.enumerate() {
            let of_lua = lua_parameters.and_then(|all| all.get(at)).map(|(_, is)| is);
            parameters.push(self.parameter(&called, &parameter.name, &parameter.ty, of_lua)?);
        }

        let (result, fails) = match &function.result {
            Some(result) => self.result(result)?,
            None => bail!("it returns nothing"),
        };
        Ok(Member {
            name: function.name.clone(),
            interface: interface.to_owned(),
            docs: text(&function.docs),
            access,
            parameters,
            result: self.type_(&result, lua.map(|lua| &lua.is), &called)?,
            fails,
        })
    }

    fn parameter(
        &mut self,
        called: &str,
        name: &str,
        wit: &Wit,
        lua: Option<&Lua>,
    ) -> Result<Parameter> {
        let (lua, optional) = match lua {
            Some(Lua::Optional(inner)) => (Some(&**inner), true),
            other => (other, false),
        };
        let one = lua.and_then(Lua::one_or_several);
        let several = one.map(|one| Lua::Array(Box::new(one.clone())));
        let called = format!("{called}{}", pascal(name));
        Ok(Parameter {
            name: name.to_owned(),
            is: self.type_(wit, several.as_ref().or(lua), &called)?,
            or_one: one.is_some(),
            optional,
        })
    }

    /// The good side of a `result<T, string>`.
    fn result(&self, wit: &Wit) -> Result<(Wit, bool)> {
        if let Wit::Id(id) = wit
            && let TypeDefKind::Result(result) = &self.resolve.types[*id].kind
        {
            return match (result.ok, result.err) {
                (Some(ok), Some(Wit::String)) => Ok((ok, true)),
                _ => bail!("only `result<T, string>` is understood"),
            };
        }
        Ok((*wit, false))
    }

    fn definition(
        &mut self,
        model: &mut Model,
        interface: &str,
        name: &str,
        definition: &TypeDef,
    ) -> Result<()> {
        let docs = text(&definition.docs);
        let of_lua = self.lua_fields(&pascal(name));
        match &definition.kind {
            TypeDefKind::Record(record) => {
                let mut fields = Vec::new();
                for field in &record.fields {
                    let known = differences::FIELDS
                        .iter()
                        .find(|(of, wit, _)| *of == pascal(name) && *wit == field.name);
                    let named = known.map_or(snake(&field.name), |(_, _, lua)| (*lua).to_owned());
                    let lua = of_lua.iter().find(|member| member.name == named);
                    let called = pascal(&format!("{name}-{}", field.name));
                    fields.push(Field {
                        name: field.name.clone(),
                        docs: text(&field.docs),
                        is: self.type_(&field.ty, lua.map(|lua| &lua.is), &called)?,
                    });
                }
                model.records.push(Record {
                    name: pascal(name),
                    interface: interface.to_owned(),
                    docs,
                    fields,
                });
            }
            TypeDefKind::Variant(variant) => {
                let mut cases = Vec::new();
                for case in &variant.cases {
                    cases.push(Case {
                        name: case.name.clone(),
                        docs: text(&case.docs),
                        holds: case
                            .ty
                            .map(|wit| self.type_(&wit, None, name))
                            .transpose()?,
                    });
                }
                model.variants.push(Variant {
                    name: pascal(name),
                    interface: interface.to_owned(),
                    docs,
                    cases,
                });
            }
            TypeDefKind::Type(_) => {}
            other => bail!("a {} is not understood", other.as_str()),
        }
        Ok(())
    }

    /// The fields that Lua has under a name: of a table, or of a class.
    fn lua_fields(&self, name: &str) -> Vec<crate::luau::Member> {
        match (self.stubs.alias(name), self.stubs.class(name)) {
            (Some(alias), _) => match &alias.is {
                Lua::Table(members) => members.clone(),
                _ => Vec::new(),
            },
            (None, Some(class)) => class.members.clone(),
            (None, None) => Vec::new(),
        }
    }

    /// A type of the WIT; what Lua says of it adds which words a text may be.
    fn type_(&mut self, wit: &Wit, lua: Option<&Lua>, called: &str) -> Result<Type> {
        Ok(match wit {
            Wit::Bool => Type::Bool,
            Wit::U8 => Type::U8,
            Wit::U32 => Type::U32,
            Wit::S32 => Type::S32,
            Wit::U64 => Type::U64,
            Wit::F64 => Type::F64,
            Wit::String => self.text_or_word(lua, called),
            Wit::Id(id) => return self.defined(*id, lua, called),
            other => bail!("{other:?} is not understood"),
        })
    }

    fn defined(&mut self, id: TypeId, lua: Option<&Lua>, called: &str) -> Result<Type> {
        let definition = &self.resolve.types[id];
        let name = definition.name.as_deref();
        match &definition.kind {
            TypeDefKind::Type(Wit::U32) if name == Some("place") => return Ok(Type::Place),
            TypeDefKind::Type(Wit::U32) => {
                let class = name.and_then(|name| name.strip_suffix("-handle"));
                if let Some(class) = class.filter(|class| self.handles.iter().any(|h| h == class)) {
                    return Ok(Type::Class(pascal(class)));
                }
            }
            _ => {}
        }
        Ok(match &definition.kind {
            TypeDefKind::Type(inner) => self.type_(inner, lua, called)?,
            TypeDefKind::List(item) => {
                let of_lua = match lua {
                    Some(Lua::Array(item)) => Some(&**item),
                    _ => None,
                };
                let item = self.type_(item, of_lua, called)?;
                match (item, lua) {
                    (Type::Tuple(mut pair), Some(Lua::Map(..))) if pair.len() == 2 => {
                        let value = pair.remove(1);
                        Type::Map(Box::new(pair.remove(0)), Box::new(value))
                    }
                    (item, _) => Type::List(Box::new(item)),
                }
            }
            TypeDefKind::Option(inner) => {
                let of_lua = match lua {
                    Some(Lua::Optional(inner)) => Some(&**inner),
                    other => other,
                };
                Type::Option(Box::new(self.type_(inner, of_lua, called)?))
            }
            TypeDefKind::Tuple(tuple) => {
                let of_lua = match lua {
                    Some(Lua::Tuple(parts)) => parts.as_slice(),
                    _ => &[],
                };
                let mut parts = Vec::new();
                for (at, part) in tuple.types.iter().enumerate() {
                    parts.push(self.type_(part, of_lua.get(at), called)?);
                }
                Type::Tuple(parts)
            }
            TypeDefKind::Record(_) => Type::Record(pascal(name.unwrap_or_default())),
            TypeDefKind::Variant(_) => Type::Variant(pascal(name.unwrap_or_default())),
            other => bail!("a {} is not understood", other.as_str()),
        })
    }

    fn text_or_word(&mut self, lua: Option<&Lua>, called: &str) -> Type {
        match lua {
            Some(Lua::Name(name)) => match self.stubs.alias(name).map(|alias| &alias.is) {
                Some(is) if is.words().is_some() => Type::Word(name.clone()),
                _ => Type::String,
            },
            Some(lua) => match lua.words() {
                Some(words) => {
                    self.words.push(Words {
                        name: called.to_owned(),
                        docs: String::new(),
                        words,
                    });
                    Type::Word(called.to_owned())
                }
                None => Type::String,
            },
            None => Type::String,
        }
    }

    /// Puts the words that the stubs give a name before those that have none.
    fn named_words(&mut self) -> Result<()> {
        let mut all = Vec::new();
        for alias in &self.stubs.aliases {
            if let Some(words) = alias.is.words() {
                all.push(Words {
                    name: alias.name.clone(),
                    docs: alias.docs.clone(),
                    words,
                });
            }
        }
        all.append(&mut self.words);
        for (at, words) in all.iter().enumerate() {
            if all[..at].iter().any(|other| other.name == words.name) {
                bail!("two things have words under the name `{}`", words.name);
            }
        }
        self.words = all;
        Ok(())
    }
}

fn text(docs: &Docs) -> String {
    docs.contents.clone().unwrap_or_default().trim().to_owned()
}
