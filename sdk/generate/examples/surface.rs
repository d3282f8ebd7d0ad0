//! Writes a component that imports all of a world and exports what the world asks for, as functions that trap:
//! `cargo run -p perfctl-sdk-generate --example surface -- sdk/wit/0.1.0 rule-pack surface.wasm`.

use std::path::Path;

use anyhow::{Context, Result};
use wit_bindgen_core::wit_parser::{ManglingAndAbi, Resolve};
use wit_component::{ComponentEncoder, StringEncoding, dummy_module, embed_component_metadata};

fn main() -> Result<()> {
    let mut words = std::env::args().skip(1);
    let mut word = |what: &str| words.next().with_context(|| format!("say {what}"));
    let wit = word("the folder of the contract")?;
    let world = word("the world")?;
    let output = word("the file to write")?;
    let mut resolve = Resolve::default();
    let (package, _) = resolve.push_dir(Path::new(&wit))?;
    let world = resolve.select_world(&[package], Some(&world))?;
    let mut module = dummy_module(&resolve, world, ManglingAndAbi::Standard32);
    embed_component_metadata(&mut module, &resolve, world, StringEncoding::UTF8)?;
    let component = ComponentEncoder::default()
        .validate(true)
        .module(&module)?
        .encode()?;
    std::fs::write(&output, component).with_context(|| format!("cannot write {output}"))
}
