//! Holds `sdk/lua/perfctl.d.luau` against what scripts really get, both ways: an editor must complete all of it and nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use mlua::{
    AnyUserData, FromLua, FromLuaMulti, IntoLua, IntoLuaMulti, Lua, MaybeSend, Result, UserData,
    UserDataFields, UserDataMethods,
};
use regex::Regex;

use super::Report;
use super::names::STUBS;
use crate::api::{
    Doc, Docker, File, Func, Image, Instruction, LoadHop, Loop, Match, Node, Repository,
    ShellCommand, Span, Stage,
};

/// Notes the names that a kind of userdata registers, and does nothing with them.
#[derive(Default)]
struct Names {
    fields: BTreeSet<String>,
    methods: BTreeSet<String>,
    metamethods: BTreeSet<String>,
}

impl Names {
    fn of<T: UserData>() -> Self {
        let mut names = Self::default();
        T::add_fields(&mut names);
        T::add_methods(&mut names);
        names
    }
}

impl<T> UserDataFields<T> for Names {
    fn add_field<V: IntoLua + 'static>(&mut self, name: impl Into<String>, _: V) {
        self.fields.insert(name.into());
    }

    fn add_field_method_get<M, R>(&mut self, name: impl Into<String>, _: M)
    where
        M: Fn(&Lua, &T) -> Result<R> + MaybeSend + 'static,
        R: IntoLua,
    {
        self.fields.insert(name.into());
    }

    fn add_field_method_set<M, A>(&mut self, name: impl Into<String>, _: M)
    where
        M: FnMut(&Lua, &mut T, A) -> Result<()> + MaybeSend + 'static,
        A: FromLua,
    {
        panic!(
            "`{}` can be written: scripts get values to read only",
            name.into()
        );
    }

    fn add_field_function_get<F, R>(&mut self, name: impl Into<String>, _: F)
    where
        F: Fn(&Lua, AnyUserData) -> Result<R> + MaybeSend + 'static,
        R: IntoLua,
    {
        self.fields.insert(name.into());
    }

    fn add_field_function_set<F, A>(&mut self, name: impl Into<String>, _: F)
    where
        F: FnMut(&Lua, AnyUserData, A) -> Result<()> + MaybeSend + 'static,
        A: FromLua,
    {
        panic!(
            "`{}` can be written: scripts get values to read only",
            name.into()
        );
    }

    fn add_meta_field<V: IntoLua + 'static>(&mut self, name: impl Into<String>, _: V) {
        self.metamethods.insert(name.into());
    }

    fn add_meta_field_with<F, R>(&mut self, name: impl Into<String>, _: F)
    where
        F: FnOnce(&Lua) -> Result<R> + 'static,
        R: IntoLua,
    {
        self.metamethods.insert(name.into());
    }
}

impl<T> UserDataMethods<T> for Names {
    fn add_method<M, A, R>(&mut self, name: impl Into<String>, _: M)
    where
        M: Fn(&Lua, &T, A) -> Result<R> + MaybeSend + 'static,
        A: FromLuaMulti,
        R: IntoLuaMulti,
    {
        self.methods.insert(name.into());
    }

    fn add_method_mut<M, A, R>(&mut self, name: impl Into<String>, _: M)
    where
        M: FnMut(&Lua, &mut T, A) -> Result<R> + MaybeSend + 'static,
        A: FromLuaMulti,
        R: IntoLuaMulti,
    {
        self.methods.insert(name.into());
    }

    fn add_function<F, A, R>(&mut self, name: impl Into<String>, _: F)
    where
        F: Fn(&Lua, A) -> Result<R> + MaybeSend + 'static,
        A: FromLuaMulti,
        R: IntoLuaMulti,
    {
        self.methods.insert(name.into());
    }

    fn add_function_mut<F, A, R>(&mut self, name: impl Into<String>, _: F)
    where
        F: FnMut(&Lua, A) -> Result<R> + MaybeSend + 'static,
        A: FromLuaMulti,
        R: IntoLuaMulti,
    {
        self.methods.insert(name.into());
    }

    fn add_meta_method<M, A, R>(&mut self, name: impl Into<String>, _: M)
    where
        M: Fn(&Lua, &T, A) -> Result<R> + MaybeSend + 'static,
        A: FromLuaMulti,
        R: IntoLuaMulti,
    {
        self.metamethods.insert(name.into());
    }

    fn add_meta_method_mut<M, A, R>(&mut self, name: impl Into<String>, _: M)
    where
        M: FnMut(&Lua, &mut T, A) -> Result<R> + MaybeSend + 'static,
        A: FromLuaMulti,
        R: IntoLuaMulti,
    {
        self.metamethods.insert(name.into());
    }

    fn add_meta_function<F, A, R>(&mut self, name: impl Into<String>, _: F)
    where
        F: Fn(&Lua, A) -> Result<R> + MaybeSend + 'static,
        A: FromLuaMulti,
        R: IntoLuaMulti,
    {
        self.metamethods.insert(name.into());
    }

    fn add_meta_function_mut<F, A, R>(&mut self, name: impl Into<String>, _: F)
    where
        F: FnMut(&Lua, A) -> Result<R> + MaybeSend + 'static,
        A: FromLuaMulti,
        R: IntoLuaMulti,
    {
        self.metamethods.insert(name.into());
    }
}

/// Every kind of userdata that scripts meet, by the name that the stubs give it.
fn registered() -> BTreeMap<&'static str, Names> {
    BTreeMap::from([
        ("Doc", Names::of::<Doc>()),
        ("DockerStage", Names::of::<Stage>()),
        ("Dockerfile", Names::of::<Docker>()),
        ("File", Names::of::<File>()),
        ("Func", Names::of::<Func>()),
        ("Image", Names::of::<Image>()),
        ("Instruction", Names::of::<Instruction>()),
        ("LoadHop", Names::of::<LoadHop>()),
        ("Loop", Names::of::<Loop>()),
        ("Match", Names::of::<Match>()),
        ("Node", Names::of::<Node>()),
        ("Repository", Names::of::<Repository>()),
        ("ShellCommand", Names::of::<ShellCommand>()),
        ("Span", Names::of::<Span>()),
    ])
}

fn every(pattern: &str, text: &str) -> BTreeSet<String> {
    let regex = Regex::new(pattern).expect("a sound pattern");
    regex
        .captures_iter(text)
        .map(|found| found[1].to_owned())
        .collect()
}

/// Fields and methods of every class of the stubs.
fn declared() -> BTreeMap<String, (BTreeSet<String>, BTreeSet<String>)> {
    let class =
        Regex::new(r"(?ms)^declare extern type (\w+) with\n(.*?)^end$").expect("a sound pattern");
    let parts = |body: &str| {
        (
            every(r"(?m)^  (\w+): ", body),
            every(r"(?m)^  function (\w+)\(self", body),
        )
    };
    class
        .captures_iter(STUBS)
        .map(|found| (found[1].to_owned(), parts(&found[2])))
        .collect()
}

fn api_sources() -> Vec<(String, String)> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lua/api");
    let files = std::fs::read_dir(dir)
        .expect("the folder of the API")
        .flatten();
    let sources = files.filter(|file| file.file_name() != "stubs.rs");
    sources
        .map(|file| {
            let text = std::fs::read_to_string(file.path()).expect("source text");
            let own = text
                .split("#[cfg(test)]")
                .next()
                .unwrap_or_default()
                .to_owned();
            (file.file_name().to_string_lossy().into_owned(), own)
        })
        .collect()
}

#[test]
fn editors_complete_what_scripts_get_and_nothing_else() {
    let (registered, declared) = (registered(), declared());
    let classes: Vec<&str> = declared.keys().map(String::as_str).collect();
    assert_eq!(classes, registered.keys().copied().collect::<Vec<_>>());
    for (class, names) in registered {
        let (fields, methods) = &declared[class];
        assert_eq!(
            fields, &names.fields,
            "fields of {class} in sdk/lua/perfctl.d.luau"
        );
        assert_eq!(
            methods, &names.methods,
            "methods of {class} in sdk/lua/perfctl.d.luau"
        );
        assert!(
            names.metamethods.iter().all(|name| name == "__index"),
            "{class} has metamethods that the stubs do not know"
        );
    }
    assert!(Names::of::<Report>().metamethods.contains("__call"));
}

#[test]
fn every_userdata_of_the_api_is_among_those_compared() {
    let kinds: usize = api_sources()
        .iter()
        .map(|(_, text)| text.matches("impl UserData for").count())
        .sum();
    // The report is a function to scripts.
    assert_eq!(
        kinds - 1,
        registered().len(),
        "compare the new kind in `registered`"
    );
}

#[test]
fn tables_that_scripts_give_and_get_have_their_keys_in_the_stubs() {
    let keys = every(r"(?m)^  (\w+): ", STUBS);
    let inner = every(r"[{,] (\w+): ", STUBS);
    let lists = Regex::new(r"(?s)refuse_unknown\(.*?&\[(.*?)\]").expect("a sound pattern");
    for (file, text) in api_sources() {
        let given = every(r#"\.set\("(\w+)""#, &text);
        let taken = lists
            .captures_iter(&text)
            .flat_map(|list| every(r#""(\w+)""#, &list[1]));
        for key in given.into_iter().chain(taken) {
            assert!(
                keys.contains(&key) || inner.contains(&key),
                "{file}: `{key}` is not in sdk/lua/perfctl.d.luau"
            );
        }
    }
}

#[test]
fn words_of_the_tree_are_those_of_the_stubs() {
    let words = |name: &str| {
        let list = Regex::new(&format!(
            r"(?s)export type {name} =\n?(.*?)\n(?:---|\n|export)"
        ))
        .expect("a sound pattern");
        every(
            r#""([\w-]+)""#,
            &list.captures(STUBS).expect("the type is declared")[1],
        )
    };
    let source =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/api/words.rs"))
            .expect("source text");
    assert_eq!(every(r#""([\w-]+)" => Role::"#, &source), words("NodeRole"));
    assert_eq!(
        every(r#""([\w-]+)" => Flags::"#, &source),
        words("NodeFlag")
    );
    let kinds = perfctl_scan::tree::Kind::ALL.iter();
    assert_eq!(
        kinds
            .map(|kind| crate::api::words::kind_word(*kind).to_owned())
            .collect::<BTreeSet<_>>(),
        words("NodeKind")
    );
    let effects: BTreeSet<String> = perfctl_scan::repo::facts::EFFECTS
        .iter()
        .map(|word| (*word).to_owned())
        .collect();
    assert_eq!(effects, words("Effect"));
}
