//! Guests from WAT, so that every machine can measure them: core modules with the names of the contract, made into components.

use std::fmt::Write as _;

use wit_component::{ComponentEncoder, StringEncoding, embed_component_metadata};
use wit_parser::Resolve;

const WIT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../sdk/wit/0.1.0");

/// Where a guest writes what `check` hands back, its findings and what the host hands over.
const ANSWER: u32 = 256;
const FOUND: u32 = 1024;
const GIVEN: u32 = 65536;

/// The component of a core module in WAT.
fn component(core: &str) -> Result<Vec<u8>, String> {
    let plain = |error: &dyn std::fmt::Display| error.to_string();
    let mut resolve = Resolve::default();
    let (package, _) = resolve.push_dir(WIT).map_err(|error| plain(&error))?;
    let world = resolve
        .select_world(&[package], Some("rule-pack"))
        .map_err(|error| plain(&error))?;
    let mut module = wat::parse_str(core).map_err(|error| plain(&error))?;
    embed_component_metadata(&mut module, &resolve, world, StringEncoding::UTF8)
        .map_err(|error| plain(&error))?;
    ComponentEncoder::default()
        .module(&module)
        .and_then(|mut encoder| encoder.encode())
        .map_err(|error| format!("{error:#}"))
}

/// A core module with this body of `check`. The rows of a call are put where those of the call before were.
fn module(more: &str, check: &str) -> String {
    format!(
        r#"(module
  (memory (export "memory") 2)
  (global $kept (mut i32) (i32.const 0))
  (func (export "cabi_realloc") (param $old i32) (param $had i32) (param $align i32) (param $size i32) (result i32)
    (block $fits (loop $more
      (br_if $fits (i32.le_u (i32.add (local.get $size) (i32.const {GIVEN})) (i32.mul (memory.size) (i32.const 65536))))
      (if (i32.eq (memory.grow (i32.const 16)) (i32.const -1)) (then unreachable))
      (br $more)))
    (i32.const {GIVEN}))
  (func (export "perfctl:plugin/rules@0.1.0#check") (param $rule i32) (param $file i32) (param $rows i32) (param $count i32) (result i32)
    (local $at i32) (local $end i32) (local $out i32) (local $sum i32) (local $odd i32)
    {check}
    (i32.const {ANSWER}))
  (func (export "perfctl:plugin/rules@0.1.0#check-repository") (param $rule i32) (result i32) unreachable)
  {more}
)"#
    )
}

/// Does nothing.
pub(crate) fn idle() -> Result<Vec<u8>, String> {
    component(&module("", ""))
}

/// Reads every number of every row and reports every other match, as one would write it by hand.
pub(crate) fn flat() -> Result<Vec<u8>, String> {
    let read = [0, 4, 8, 12, 16].map(|offset| {
        format!(
            "(local.set $sum (i32.add (local.get $sum) (i32.load offset={offset} (local.get $at))))"
        )
    });
    let report = [4, 8, 12, 16, 20]
        .map(|offset| format!("(i32.store offset={offset} (local.get $out) (i32.const 0))"));
    let check = format!(
        r#"
    (local.set $at (local.get $rows))
    (local.set $end (i32.add (local.get $rows) (i32.shl (local.get $count) (i32.const 2))))
    (local.set $out (i32.const {FOUND}))
    (block $done (loop $next
      (br_if $done (i32.ge_u (local.get $at) (local.get $end)))
      {}
      (if (i32.eqz (i32.load offset=4 (local.get $at))) (then
        (local.set $odd (i32.xor (local.get $odd) (i32.const 1)))
        (if (local.get $odd) (then
          (i32.store (local.get $out) (i32.load offset=16 (local.get $at)))
          {}
          (local.set $out (i32.add (local.get $out) (i32.const 24)))))))
      (local.set $at (i32.add (local.get $at) (i32.const 20)))
      (br $next)))
    ;; kept, so that what is read is read for something
    (global.set $kept (local.get $sum))
    (i32.store (i32.const {ANSWER}) (i32.const {FOUND}))
    (i32.store offset=4 (i32.const {ANSWER}) (i32.shr_u (i32.sub (local.get $out) (i32.const {FOUND})) (i32.const 2)))"#,
        read.concat(),
        report.concat(),
    );
    component(&module("", &check))
}

/// A guest of about so many bytes of code that nobody calls.
pub(crate) fn sized(bytes: usize) -> Result<Vec<u8>, String> {
    // As it is written below, a function comes to some 112 bytes.
    let mut more = String::new();
    for at in 0..bytes / 112 {
        let _ = write!(
            more,
            r#"
  (func $f{at} (param $a i32) (param $b i32) (result i32) (local $c i32)
    (local.set $c (i32.xor (i32.load offset=64 (local.get $a)) (i32.const {}))
    )
    (block $out (loop $again
      (br_if $out (i32.gt_u (local.get $c) (local.get $b)))
      (i32.store offset=128 (local.get $a) (i32.mul (local.get $c) (i32.load offset=8 (local.get $b))))
      (local.set $c (i32.add (i32.shl (local.get $c) (i32.const 1)) (i32.const {})))
      (br $again)))
    (if (result i32) (i32.eqz (local.get $c))
      (then (call $f{} (local.get $b) (local.get $c)))
      (else (i32.rotl (local.get $c) (i32.const 7)))))"#,
            1_000_003 + at * 7919,
            1 + at * 31,
            at.saturating_sub(1),
        );
    }
    component(&module(&more, ""))
}
