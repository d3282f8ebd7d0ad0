//! Guests from WAT: core modules with the names of the contract, made into components.

use std::path::Path;

use wit_component::{ComponentEncoder, StringEncoding, embed_component_metadata};
use wit_parser::Resolve;

/// The contract, from whichever package's tests ask for it.
pub(crate) fn contract() -> std::path::PathBuf {
    let above = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    let mut places = above.map(|dir| dir.join("sdk/wit/0.1.0"));
    places.find(|place| place.is_dir()).expect("the contract")
}

/// The component of a core module in WAT for the world `rule-pack`.
///
/// # Panics
/// When it is none.
pub(crate) fn component(core: &str) -> Vec<u8> {
    built(core, "rule-pack", &contract())
}

/// The component of a core module in WAT for a world of the contract.
///
/// # Panics
/// When it is none.
pub(crate) fn of_world(core: &str, world: &str) -> Vec<u8> {
    built(core, world, &contract())
}

/// The component of a core module in WAT for the world `rule-pack` of the contract in the folder `wit`.
///
/// # Panics
/// When it is none.
pub(crate) fn component_of(core: &str, wit: &Path) -> Vec<u8> {
    built(core, "rule-pack", wit)
}

fn built(core: &str, world: &str, wit: &Path) -> Vec<u8> {
    let mut resolve = Resolve::default();
    let (package, _) = resolve.push_dir(wit).expect("the contract");
    let world = resolve
        .select_world(&[package], Some(world))
        .expect("a world");
    let mut module = wat::parse_str(core).unwrap_or_else(|error| panic!("{error}\n{core}"));
    embed_component_metadata(&mut module, &resolve, world, StringEncoding::UTF8).expect("metadata");
    ComponentEncoder::default()
        .module(&module)
        .and_then(|mut encoder| encoder.encode())
        .unwrap_or_else(|error| panic!("{error:#}\n{core}"))
}

/// A core module. `head` stands before everything, `check` is the body of `check` (parameters `$rule $file $rows $count`) and `whole` that of
/// `check-repository`. Where `$none` is called it says that nothing was found. The first 4 KiB of memory are the guest's own, what the host hands over is put behind
/// 64 KiB.
pub(crate) fn module(head: &str, check: &str, whole: &str) -> String {
    format!(
        r#"(module
  {head}
  (memory (export "memory") 2)
  (global $next (mut i32) (i32.const 65536))
  (global $kept (mut i32) (i32.const 0))
  (func $none (result i32) (i32.const 8))
  (func (export "cabi_realloc") (param $old i32) (param $had i32) (param $align i32) (param $size i32) (result i32)
    (local $at i32)
    (local.set $at (i32.and (i32.add (global.get $next) (i32.const 15)) (i32.const -16)))
    (global.set $next (i32.add (local.get $at) (local.get $size)))
    (loop $more
      (if (i32.gt_u (global.get $next) (i32.mul (memory.size) (i32.const 65536))) (then
        (if (i32.eq (memory.grow (i32.const 16)) (i32.const -1)) (then unreachable))
        (br $more))))
    (local.get $at))
  (func (export "perfctl:plugin/rules@0.1.0#check") (param $rule i32) (param $file i32) (param $rows i32) (param $count i32) (result i32)
    {check})
  (func (export "perfctl:plugin/rules@0.1.0#check-repository") (param $rule i32) (result i32)
    {whole})
)"#
    )
}

/// A module whose `check` is this.
pub(crate) fn check(body: &str) -> String {
    module("", body, "(call $none)")
}

/// A module that may ask for the text of a file by `$text`.
pub(crate) fn with_file_text(body: &str) -> String {
    let import = r#"(import "perfctl:plugin/file@0.1.0" "text" (func $text (param i32 i32)))"#;
    module(import, body, "(call $none)")
}

/// A module that may print by `$print`.
pub(crate) fn with_print(check: &str) -> String {
    let import = r#"(import "perfctl:plugin/log@0.1.0" "print" (func $print (param i32 i32)))"#;
    module(import, check, "(call $none)")
}

/// Stores the numbers one behind the other from address `at`.
pub(crate) fn words(at: u32, numbers: &[u32]) -> String {
    let store = |(index, number): (usize, &u32)| {
        let address = at as usize + 4 * index;
        format!(
            "(i32.store (i32.const {address}) (i32.const {}))",
            *number as i32
        )
    };
    numbers.iter().enumerate().map(store).collect()
}

/// The address at which `found` writes.
const ANSWER: u32 = 256;

/// The address of the rows.
pub(crate) const ROWS: u32 = 512;

/// Hands back `rows` of findings from the memory at [`ROWS`] and `texts` from `at`; each text is a pointer and a length.
pub(crate) fn found(rows: u32, texts: (u32, u32)) -> String {
    let list = [ROWS, rows * 6, texts.0, texts.1, 0, 0, 0, 0, 0, 0];
    format!("{} (i32.const {ANSWER})", words(ANSWER, &list))
}

/// A guest that reports each match: at its place, message 0.
pub(crate) fn good() -> String {
    check(&format!(
        "{} (i32.store (i32.const {ROWS}) (i32.load offset=16 (local.get $rows))) {}",
        words(ROWS, &[0, 0, 0, 0, 0, 0]),
        found(1, (0, 0))
    ))
}
