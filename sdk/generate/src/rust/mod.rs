//! What is generated of the SDK for Rust: bindings, and wrappers that read like the API of Lua.

use std::path::Path;

use anyhow::{Result, bail};

use crate::Generated;
use crate::model::Model;
use crate::names::snake;

mod bindings;
mod classes;
mod records;
mod spelling;
mod vocabulary;

const NOTICE: &str = "// Written by `cargo run -p perfctl-sdk-generate` from sdk/wit and sdk/lua/perfctl.d.luau. Do not edit.\n";

/// Which classes share a file.
const FILES: [(&str, &str, &[&str]); 4] = [
    (
        "code",
        "Code: nodes, loops, functions.",
        &["Node", "Loop", "Func"],
    ),
    (
        "files",
        "Files, their bytes and documents.",
        &["File", "Span", "Doc"],
    ),
    (
        "docker",
        "Dockerfiles and commands of shells.",
        &["Dockerfile", "DockerStage", "Instruction", "ShellCommand"],
    ),
    (
        "repository",
        "The repository as a whole.",
        &["Repository", "LoadHop"],
    ),
];

/// The bindings of every world.
pub(crate) fn bindings(wit: &Path) -> Result<Vec<Generated>> {
    let mut files = Vec::new();
    for world in ["rule-pack", "collector", "reporter"] {
        let name = snake(world);
        let module = format!("perfctl_plugin::bindings::{name}");
        files.push(Generated {
            path: format!("rust/src/bindings/{name}.rs"),
            text: bindings::generate(wit, world, &module)?,
        });
    }
    Ok(files)
}

/// The classes and records.
pub(crate) fn wrappers(model: &Model) -> Result<Vec<Generated>> {
    for class in &model.classes {
        if !FILES
            .iter()
            .any(|(.., names)| names.contains(&class.name.as_str()))
        {
            bail!(
                "say in which file of the SDK for Rust `{}` belongs",
                class.name
            );
        }
    }
    let mut files = Vec::new();
    for (name, docs, classes) in FILES {
        let mut text = format!("//! {docs}\n\n{NOTICE}\n");
        let classes: Vec<_> = classes
            .iter()
            .map(|class| model.class(class))
            .collect::<Result<_>>()?;
        text += &spelling::imports(&classes);
        for class in classes {
            text += &classes::class(model, class)?;
        }
        files.push(Generated {
            path: format!("rust/src/model/{name}.rs"),
            text,
        });
    }
    files.push(Generated {
        path: "rust/src/model/records.rs".to_owned(),
        text: format!(
            "//! What some methods return.\n\n{NOTICE}\n{}",
            records::all(model)?
        ),
    });
    files.push(Generated {
        path: "rust/src/vocabulary.rs".to_owned(),
        text: format!(
            "//! Words that texts of the API are.\n\n{NOTICE}{}",
            vocabulary::all(model)
        ),
    });
    Ok(files)
}
