//! WASM plugins: components behind the same API that rules in Lua have.
//!
//! `section` and `contract` say what a file is before anything of it runs; `component` compiles it (`cache` keeps that) and links it with
//! the host's side of the contract (`host`); `instance` calls it within its limits; `findings` checks what it hands back. Collectors and
//! formats of reports go the shorter way of `extension`, and `collected` checks what they hand back.

pub mod cache;
mod call;
pub mod code;
mod collected;
pub mod compiler;
pub mod component;
pub mod contract;
mod deadline;
pub mod engine;
mod extension;
mod findings;
mod host;
#[cfg(test)]
mod hostile;
mod instance;
mod meter;
mod rows;
pub mod section;
mod things;
mod ticker;

/// What the WIT describes of collectors.
mod collector_bindings {
    wasmtime::component::bindgen!({
        path: "../../../sdk/wit/0.1.0",
        world: "collector",
        imports: { default: trappable },
        with: { "perfctl:plugin/log@0.1.0": crate::bindings::perfctl::plugin::log },
    });
}

/// What the WIT describes of formats of reports.
mod reporter_bindings {
    wasmtime::component::bindgen!({
        path: "../../../sdk/wit/0.1.0",
        world: "reporter",
        imports: { default: trappable },
        with: { "perfctl:plugin/log@0.1.0": crate::bindings::perfctl::plugin::log },
    });
}

/// What the WIT describes, as Rust.
mod bindings {
    wasmtime::component::bindgen!({
        path: "../../../sdk/wit/0.1.0",
        world: "rule-pack",
        imports: { default: trappable },
    });
}
