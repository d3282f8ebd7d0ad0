//! WASM plugins: components behind the same API that rules in Lua have.
//!
//! `section` and `contract` say what a file is before anything of it runs; `component` compiles it (`cache` keeps that) and links it with
//! the host's side of the contract (`host`); `instance` calls it within its limits; `findings` checks what it hands back.

pub mod cache;
pub mod compiler;
pub mod component;
pub mod contract;
pub mod engine;
mod findings;
mod host;
#[cfg(test)]
mod hostile;
mod instance;
mod meter;
pub mod section;
mod things;
mod ticker;

/// What the WIT describes, as Rust.
mod bindings {
    wasmtime::component::bindgen!({
        path: "../../../sdk/wit/0.1.0",
        world: "rule-pack",
        imports: { default: trappable },
    });
}
