//! What a component imports and exports, per world. Written by `cargo run -p perfctl-sdk-generate`; plugins use what is built on it.

macro_rules! world {
    ($name:ident, $feature:literal $(, $lint:path)*) => {
        #[cfg(feature = $feature)]
        #[rustfmt::skip]
        #[expect(
            unsafe_code,
            unreachable_pub,
            missing_docs,
            clippy::allow_attributes,
            $($lint,)*
            reason = "made by wit-bindgen"
        )]
        pub mod $name;
    };
}

world!(collector, "collectors", clippy::unwrap_used);
world!(reporter, "reporters", clippy::unwrap_used);
world!(rule_pack, "rules", clippy::unwrap_used);

/// The log, which every world imports, from one that is compiled.
#[cfg(all(target_arch = "wasm32", feature = "rules"))]
pub(crate) use rule_pack::perfctl::plugin::log;

#[cfg(all(target_arch = "wasm32", feature = "collectors", not(feature = "rules")))]
pub(crate) use collector::perfctl::plugin::log;

#[cfg(all(
    target_arch = "wasm32",
    not(any(feature = "rules", feature = "collectors"))
))]
pub(crate) use reporter::perfctl::plugin::log;
