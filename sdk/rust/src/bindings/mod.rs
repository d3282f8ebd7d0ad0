//! What a component imports and exports, per world. Written by `cargo run -p perfctl-sdk-generate`; plugins use what is built on it.

macro_rules! world {
    ($name:ident $(, $lint:path)*) => {
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

world!(collector, clippy::unwrap_used);
world!(reporter, clippy::unwrap_used);
world!(rule_pack, clippy::unwrap_used);
