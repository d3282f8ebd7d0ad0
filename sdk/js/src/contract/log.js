// Written by `cargo run -p perfctl-sdk-generate` from sdk/wit and sdk/lua/perfctl.d.luau. Do not edit.

export { failed, print } from "perfctl:plugin/log@0.1.0";
