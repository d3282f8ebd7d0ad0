//! Writes the parts of the SDKs that follow from the WIT package, so that one description stands behind all languages.
//!
//! `sdk/wit` says which things there are and what they are called. `sdk/lua/perfctl.d.luau` says which of them are fields, which words
//! a text may be, and what may be left out.

use std::path::Path;

use anyhow::{Context, Result};

pub mod differences;
pub mod luau;
pub mod model;
pub mod names;
mod python;
mod rust;
mod typescript;
mod values;
mod wit;

/// A file that is written and checked in.
#[derive(Debug)]
pub struct Generated {
    /// Its path below `sdk`.
    pub path: String,
    /// What it holds.
    pub text: String,
}

/// Every generated file of every SDK.
pub fn generate(sdk: &Path) -> Result<Vec<Generated>> {
    let model = model::Model::read(sdk)?;
    let mut files = rust::bindings(&model::wit_folder(sdk)?)?;
    files.extend(rust::wrappers(&model)?);
    files.push(python::model(&model)?);
    files.extend(typescript::modules(&model)?);
    Ok(files)
}

/// Writes every generated file that is not there as it should be, and says which these were.
pub fn write(sdk: &Path) -> Result<Vec<String>> {
    let mut written = Vec::new();
    for file in generate(sdk)? {
        let path = sdk.join(&file.path);
        if std::fs::read_to_string(&path).is_ok_and(|text| text == file.text) {
            continue;
        }
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(&path, file.text)
            .with_context(|| format!("{} cannot be written", path.display()))?;
        written.push(file.path);
    }
    Ok(written)
}
