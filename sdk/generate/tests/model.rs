//! Holds the WIT package and the stubs for Lua together, and pins what the generators read from them.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on should stop where it is"
)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use perfctl_sdk_generate::differences::{self, Access};
use perfctl_sdk_generate::luau::{Lua, Stubs};
use perfctl_sdk_generate::model::{Member, Model, Type};
use perfctl_sdk_generate::names::snake;

fn sdk() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_owned()
}

fn model() -> Model {
    Model::read(&sdk()).unwrap()
}

fn stubs() -> Stubs {
    Stubs::read(&std::fs::read_to_string(sdk().join("lua/perfctl.d.luau")).unwrap()).unwrap()
}

fn member(class: &str, name: &str) -> Member {
    let model = model();
    let class = model.class(class).unwrap();
    let found = class.members.iter().find(|member| member.name == name);
    found.unwrap_or_else(|| panic!("no `{name}`")).clone()
}

#[test]
fn every_class_of_lua_is_in_the_wit_with_every_name_and_the_other_way_round() {
    let (model, stubs) = (model(), stubs());
    for class in &stubs.classes {
        if differences::CLASSES
            .iter()
            .any(|(name, _)| *name == class.name)
        {
            assert!(model.class(&class.name).is_err(), "{}", class.name);
            continue;
        }
        let lua: BTreeSet<String> = class.members.iter().map(|m| m.name.clone()).collect();
        let mut wit: BTreeSet<String> = model
            .class(&class.name)
            .unwrap()
            .members
            .iter()
            .map(|member| snake(&member.name))
            .collect();
        let mut expected = lua.clone();
        for difference in differences::MEMBERS {
            if difference.class == class.name {
                if let Some(name) = difference.wit {
                    assert!(wit.remove(&snake(name)), "{difference:?} is no difference");
                }
                if let Some(name) = difference.lua {
                    assert!(expected.remove(name), "{difference:?} is no difference");
                }
            }
        }
        assert_eq!(
            wit, expected,
            "`{}` differs between sdk/wit and sdk/lua/perfctl.d.luau: add the name, or list it in differences.rs with a reason",
            class.name
        );
    }
    for class in &model.classes {
        assert!(stubs.class(&class.name).is_some(), "{}", class.name);
    }
}

#[test]
fn every_table_of_lua_is_a_record_with_the_same_fields() {
    let (model, stubs) = (model(), stubs());
    let tables = stubs
        .aliases
        .iter()
        .filter_map(|alias| match &alias.is {
            Lua::Table(members) => Some((&alias.name, members)),
            _ => None,
        })
        .chain(stubs.classes.iter().filter_map(|class| {
            let is_record = model.record(&class.name).is_ok();
            is_record.then_some((&class.name, &class.members))
        }));
    for (name, members) in tables {
        if differences::TYPES.iter().any(|(other, _)| other == name) {
            continue;
        }
        let lua: BTreeSet<String> = members.iter().map(|member| member.name.clone()).collect();
        let wit: BTreeSet<String> = model
            .record(name)
            .unwrap()
            .fields
            .iter()
            .map(|field| {
                let known = differences::FIELDS
                    .iter()
                    .find(|(of, wit, _)| of == name && *wit == field.name);
                known.map_or(snake(&field.name), |(_, _, lua)| (*lua).to_owned())
            })
            .collect();
        assert_eq!(wit, lua, "`{name}` differs");
    }
}

#[test]
fn everything_is_explained() {
    let model = model();
    for class in &model.classes {
        assert!(!class.docs.is_empty(), "{}", class.name);
        for member in &class.members {
            assert!(
                !member.docs.is_empty(),
                "{}.{} says nothing",
                class.name,
                member.name
            );
        }
    }
    for record in &model.records {
        assert!(!record.docs.is_empty(), "{}", record.name);
        for field in &record.fields {
            assert!(!field.docs.is_empty(), "{}.{}", record.name, field.name);
        }
    }
    for variant in &model.variants {
        assert!(!variant.docs.is_empty(), "{}", variant.name);
        for case in &variant.cases {
            assert!(!case.docs.is_empty(), "{}.{}", variant.name, case.name);
        }
    }
    for difference in differences::MEMBERS {
        assert!(!difference.why.is_empty());
    }
}

#[test]
fn a_member_is_a_field_where_lua_has_a_field() {
    assert_eq!(member("Node", "kind").access, Access::Field);
    assert_eq!(member("Node", "parent").access, Access::Method);
    assert_eq!(member("Doc", "value").access, Access::Field);
    assert_eq!(member("Node", "value").access, Access::Method);
    assert_eq!(member("Span", "start").access, Access::Field);
}

#[test]
fn texts_that_are_words_say_which() {
    assert_eq!(
        member("Node", "kind").result,
        Type::Word("NodeKind".to_owned())
    );
    assert_eq!(
        member("Doc", "kind").result,
        Type::Word("DocKind".to_owned())
    );
    let arg = member("Node", "arg").result;
    let node = Type::Option(Box::new(Type::Class("Node".to_owned())));
    assert_eq!(
        arg,
        Type::Tuple(vec![node, Type::Word("Presence".to_owned())])
    );
    let model = model();
    assert_eq!(
        model.words("Presence").unwrap().words,
        ["given", "absent", "hidden"]
    );
    assert_eq!(member("Node", "text").result, Type::String);
}

#[test]
fn parameters_say_whether_one_will_do_and_whether_none_will() {
    let descendants = member("Node", "descendants").parameters;
    assert!(descendants[0].or_one && !descendants[0].optional);
    assert!(descendants[1].or_one && descendants[1].optional);
    let blocks = member("Doc", "blocks").parameters;
    assert!(!blocks[1].or_one && blocks[1].optional);
    assert!(member("Node", "chain").parameters[1].optional);
    assert!(member("Node", "is").fails && !member("Node", "parent").fails);
}

#[test]
fn pairs_are_tables_where_lua_has_tables() {
    let text = || Box::new(Type::String);
    assert_eq!(
        member("ShellCommand", "env").result,
        Type::Map(text(), text())
    );
    let fact = member("Repository", "fact").result;
    assert_eq!(fact, Type::Option(Box::new(Type::Map(text(), text()))));
}
