//! Bindings of a world in Rust, as the macro of `wit-bindgen` would make them in every build of every plugin.

use std::path::Path;

use anyhow::{Context, Result};
use wit_bindgen_core::wit_parser::Resolve;
use wit_bindgen_core::{Files, WorldGenerator};
use wit_bindgen_rust::{Opts, Ownership};

/// The bindings of a world; `module` is the path of the module that holds them.
pub(super) fn generate(folder: &Path, world: &str, module: &str) -> Result<String> {
    let mut resolve = Resolve::default();
    let (package, _) = resolve.push_dir(folder)?;
    let world = resolve.select_world(&[package], Some(world))?;
    let mut files = Files::default();
    Opts {
        format: true,
        // texts go to the host as they lie in the plugin, without a copy first
        ownership: Ownership::Borrowing {
            duplicate_if_necessary: false,
        },
        runtime_path: Some("::wit_bindgen::rt".to_owned()),
        default_bindings_module: Some(module.to_owned()),
        pub_export_macro: true,
        additional_derive_attributes: vec!["PartialEq".to_owned()],
        ..Opts::default()
    }
    .build()
    .generate(&mut resolve, world, &mut files)?;
    let (_, text) = files.iter().next().context("no bindings were made")?;
    Ok(compiled_on_use(&String::from_utf8(text.to_vec())?))
}

/// A plugin calls a few of the functions: the others need not become machine code in its build.
fn compiled_on_use(bindings: &str) -> String {
    const ABOVE: &str = "#[allow(async_fn_in_trait)]\n";
    let function = format!("{ABOVE}{:12}pub fn ", "");
    bindings.replace(
        &function,
        &format!("{ABOVE}{:12}#[inline]\n{:12}pub fn ", "", ""),
    )
}
