// Written by `cargo run -p perfctl-sdk-generate` from sdk/wit and sdk/lua/perfctl.d.luau. Do not edit.

export { matchers, messages, rules } from "perfctl:plugin/declared@0.1.0";
