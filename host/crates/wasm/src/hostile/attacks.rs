//! The attacks, by name.

use super::guest::{self, ROWS, check, component, found, module, with_print, words};

/// An attack and how it ends.
pub(super) struct Attack {
    pub(super) name: &'static str,
    /// The guest's bytes.
    pub(super) guest: fn() -> Vec<u8>,
    /// What the verdict `error` says; `None` where the result is valid.
    pub(super) says: Option<&'static str>,
}

/// A guest from its text.
macro_rules! attack {
    ($name:literal, $says:expr, $core:expr) => {
        Attack {
            name: $name,
            guest: || component(&$core),
            says: $says,
        }
    };
}

/// A finding at the place of the first match, with these other numbers.
fn row(numbers: [u32; 5]) -> String {
    let [message, severity, confidence, reach, texts] = numbers;
    format!(
        "{} (i32.store (i32.const {ROWS}) (i32.load offset=16 (local.get $rows)))",
        words(ROWS, &[0, message, severity, confidence, reach, texts])
    )
}

/// A guest that hands back one finding with these numbers.
fn one(numbers: [u32; 5]) -> String {
    check(&format!("{} {}", row(numbers), found(1, (0, 0))))
}

/// A guest that says a verdict of the repository: what kind, and where its reason lies.
fn verdict(kind: u32, reason: (u32, u32)) -> String {
    let nothing = [0; 10];
    let whole = format!(
        "{}{} (i32.const 256)",
        words(256, &nothing),
        words(296, &[1, kind, reason.0, reason.1])
    );
    module("", "(call $none)", &whole)
}

const LATE: Option<&str> = Some(
    "took longer than its limit of 200 ms; `[limits] time_ms` of rule.toml allows a rule up to 5000 ms",
);
/// What is said of a guest that does not come to an end of starting: it has the limit of rules that say nothing of it.
pub(super) const LATE_TO_START: Option<&str> = Some("took longer than its limit of 500 ms");
const GREEDY: Option<&str> = Some(
    "took more than its limit of 128 MiB of memory; `[limits] memory_mib` of rule.toml allows a rule up to 256 MiB",
);
const TRAP: Option<&str> = Some("it ended with a trap: wasm `unreachable` instruction executed");

pub(super) fn all() -> Vec<Attack> {
    let mut all = loops_and_memory();
    all.extend(answers());
    all.extend(files());
    all
}

/// A module that asks for bytes of its file, and goes on only where the host refuses them.
fn refused_span(start: u32, end: u32, then: &str) -> String {
    let import =
        r#"(import "perfctl:plugin/file@0.1.0" "span" (func $span (param i32 i32 i32 i32)))"#;
    let check = format!(
        "(call $span (local.get $file) (i32.const {start}) (i32.const {end}) (i32.const 128))
         (if (i32.eqz (i32.load8_u (i32.const 128))) (then unreachable)) {then}"
    );
    module(import, &check, "(call $none)")
}

fn loops_and_memory() -> Vec<Attack> {
    vec![
        attack!(
            "W1 endless loop",
            LATE,
            check("(loop $l (br $l)) unreachable")
        ),
        attack!(
            "W2 memory growth",
            GREEDY,
            check(
                "(loop $l (br_if $l (i32.ne (memory.grow (i32.const 64)) (i32.const -1)))) unreachable"
            )
        ),
        attack!(
            "W2b memory growth that goes on without",
            None,
            check(
                "(loop $l (br_if $l (i32.ne (memory.grow (i32.const 64)) (i32.const -1)))) (call $none)"
            )
        ),
        attack!(
            "W3 deep recursion",
            Some("deeper than its stack"),
            module(
                "(func $deep (param i32) (result i32) (i32.add (i32.const 1) (call $deep (i32.add (local.get 0) (i32.const 1)))))",
                "(drop (call $deep (i32.const 0))) (call $none)",
                "(call $none)"
            )
        ),
        attack!("W4 panic", TRAP, check("unreachable")),
        attack!(
            "W5 log flood",
            Some("printed more than 10000 times or 1 MiB"),
            with_print("(loop $l (call $print (i32.const 64) (i32.const 1)) (br $l)) unreachable")
        ),
        attack!(
            "W5b large logs",
            Some("printed more than 10000 times or 1 MiB"),
            with_print(
                "(loop $l (call $print (i32.const 64) (i32.const 65536)) (br $l)) unreachable"
            )
        ),
        attack!(
            "W12 loop while it starts",
            LATE_TO_START,
            module(
                "(func $s (loop $l (br $l))) (start $s)",
                "(call $none)",
                "(call $none)"
            )
        ),
        attack!(
            "W13 memory in small steps, in a loop",
            LATE,
            check("(loop $l (drop (memory.grow (i32.const 1))) (br $l)) unreachable")
        ),
        attack!(
            "W10 a call after a trap",
            TRAP,
            // Whoever is asked again in what is left of the instance sees that it was there before.
            module(
                "",
                "(if (global.get $kept) (then (loop $l (br $l)))) (global.set $kept (i32.const 1)) unreachable",
                "(if (global.get $kept) (then (loop $l (br $l)))) (call $none)"
            )
        ),
        attack!(
            "W14 table growth",
            Some("tables of more than 100000 elements"),
            module(
                "(table $t 1 funcref)",
                "(loop $l (br_if $l (i32.ne (table.grow $t (ref.null func) (i32.const 10000)) (i32.const -1)))) unreachable",
                "(call $none)"
            )
        ),
        attack!(
            "W14b a table that is large from the start",
            Some("tables of more than 100000 elements"),
            module("(table $t 5000000 funcref)", "(call $none)", "(call $none)")
        ),
        attack!(
            "W15 many memories",
            Some("memory count too high"),
            module(&"(memory 1)".repeat(20), "(call $none)", "(call $none)")
        ),
        attack!(
            "W15b many tables",
            Some("table count too high"),
            module(
                &"(table 1 funcref)".repeat(80),
                "(call $none)",
                "(call $none)"
            )
        ),
        attack!("W20 an allocator that loops", LATE, looping_allocator()),
        attack!(
            "W20b an allocator that hands out what is not aligned",
            Some("realloc"),
            allocator("(i32.const 65537)")
        ),
        attack!(
            "W20c an allocator that hands out what it does not have",
            Some("realloc"),
            allocator("(i32.const -16)")
        ),
        attack!(
            "W21 an allocator that asks the host",
            Some("cannot leave component instance"),
            allocator("(call $print (i32.const 64) (i32.const 1)) (i32.const 65536)").replacen(
                "(module",
                "(module (import \"perfctl:plugin/log@0.1.0\" \"print\" (func $print (param i32 i32)))",
                1
            )
        ),
        attack!(
            "division by zero",
            Some("divide by zero"),
            check("(i32.div_u (i32.const 1) (i32.const 0))")
        ),
        attack!(
            "memory outside",
            Some("out of bounds"),
            check("(i32.load (i32.const -4))")
        ),
        attack!(
            "a question about nothing",
            Some("did not get in this call"),
            guest::with_file_text("(call $text (i32.const 5) (i32.const 64)) (call $none)")
        ),
        attack!(
            "a question about a thing of another kind",
            Some("stands for no file"),
            guest::with_file_text(
                "(call $text (i32.load offset=16 (local.get $rows)) (i32.const 64)) (call $none)"
            )
        ),
        attack!(
            "endless questions",
            LATE,
            guest::with_file_text(
                "(loop $l (call $text (local.get $file) (i32.const 64)) (global.set $next (i32.const 65536)) (br $l)) unreachable"
            )
        ),
        attack!(
            "a question while it starts",
            Some("it ended with a trap"),
            module(
                "(import \"perfctl:plugin/file@0.1.0\" \"text\" (func $text (param i32 i32))) (func $s (call $text (i32.const 0) (i32.const 64))) (start $s)",
                "(call $none)",
                "(call $none)"
            )
        ),
    ]
}

/// A module with another allocator.
fn allocator(body: &str) -> String {
    let good = check("(call $none)");
    let start = good.find("(local $at i32)").expect("the allocator");
    let end = good.find("(local.get $at))").expect("its end") + "(local.get $at))".len();
    format!("{}{body}){}", &good[..start], &good[end..])
}

fn looping_allocator() -> String {
    allocator("(loop $l (br $l)) unreachable")
}

fn answers() -> Vec<Attack> {
    vec![
        attack!(
            "W6 four million findings",
            Some("has more than 16 MiB"),
            check(&format!(
                "(drop (memory.grow (i32.const 1600))) {} (i32.const 256)",
                words(256, &[ROWS, 24_000_000, 0, 0, 0, 0, 0, 0, 0, 0])
            ))
        ),
        attack!(
            "W6b a few too many findings",
            Some("more than 1000 findings"),
            check(&format!(
                "{} (i32.const 256)",
                words(256, &[ROWS, 6006, 0, 0, 0, 0, 0, 0, 0, 0])
            ))
        ),
        attack!(
            "W16 an answer from nowhere",
            Some("pointer out of bounds of memory"),
            check("(i32.const -4)")
        ),
        attack!(
            "W16 an answer that is not aligned",
            Some("return pointer not aligned"),
            check("(i32.const 257)")
        ),
        attack!(
            "W16 a list outside memory",
            Some("list pointer/length out of bounds of memory"),
            check(&format!(
                "{} (i32.const 256)",
                words(256, &[0x7fff_0000, 600, 0, 0, 0, 0, 0, 0, 0, 0])
            ))
        ),
        attack!(
            "W17 many texts that are one large text",
            Some("has more than 16 MiB"),
            one_text_many_times()
        ),
        attack!(
            "W18 a text that is no UTF-8",
            Some("utf-8"),
            check(&format!(
                "(i32.store8 (i32.const 1024) (i32.const 255)) {} {} {}",
                row([1, 0, 0, 0, 2]),
                words(1040, &[1024, 1, 1024, 1]),
                found(1, (1040, 2))
            ))
        ),
        attack!(
            "a verdict without a reason",
            Some("a verdict needs a reason"),
            verdict(0, (0, 0))
        ),
        attack!(
            "W19 a verdict of no kind",
            Some("unexpected discriminant: 7"),
            verdict(7, (0, 0))
        ),
        attack!(
            "rows cut short",
            Some("6 numbers each"),
            check(&format!(
                "{} (i32.const 256)",
                words(256, &[ROWS, 7, 0, 0, 0, 0, 0, 0, 0, 0])
            ))
        ),
        attack!(
            "W29 bytes behind the end of the file",
            None,
            refused_span(1, 1000, "(call $none)")
        ),
        attack!(
            "W29 bytes behind the end, believed all the same",
            Some("did not get in this call"),
            refused_span(
                1,
                1000,
                &format!(
                    "{} (i32.store (i32.const {ROWS}) (i32.load (i32.const 132))) {}",
                    words(ROWS, &[0, 0, 0, 0, 0, 0]),
                    found(1, (0, 0))
                )
            )
        ),
        attack!(
            "W30 bytes that end before they begin",
            None,
            refused_span(3, 1, "(call $none)")
        ),
        attack!(
            "W31 bytes that split a character",
            None,
            refused_span(9, 10, "(call $none)")
        ),
        attack!(
            "W29 a place that was never handed over",
            Some("did not get in this call"),
            check(&format!(
                "{} {}",
                words(ROWS, &[0x2000_0007, 0, 0, 0, 0, 0]),
                found(1, (0, 0))
            ))
        ),
        attack!(
            "55 a message that is not declared",
            Some("`[messages]` of its rule.toml holds 2"),
            one([2, 0, 0, 0, 0])
        ),
        attack!(
            "a severity that there is not",
            Some("9 is no severity"),
            one([0, 9, 0, 0, 0])
        ),
        attack!(
            "a confidence that there is not",
            Some("9 is no confidence"),
            one([0, 0, 9, 0, 0])
        ),
        attack!(
            "a reach that there is not",
            Some("9 is no way for code to run"),
            one([0, 0, 0, 9, 0])
        ),
        attack!(
            "texts that are not there",
            Some("message `named` takes 2 texts, not 0"),
            one([1, 0, 0, 0, 0])
        ),
        attack!(
            "fewer texts than rows say",
            Some("fewer texts"),
            one([1, 0, 0, 0, 2])
        ),
        attack!(
            "more texts than rows say",
            Some("more texts"),
            check(&format!(
                "{} {} {}",
                row([0; 5]),
                words(1040, &[64, 1]),
                found(1, (1040, 1))
            ))
        ),
        attack!(
            "a fix of a finding that is not there",
            Some("a fix belongs to finding 3, but there are 1"),
            check(&format!(
                "{} {} {} (i32.const 256)",
                row([0; 5]),
                words(1040, &[3, 64, 1, 2, 0, 0]),
                words(256, &[ROWS, 6, 0, 0, 0, 0, 0, 0, 1040, 1])
            ))
        ),
    ]
}

/// A hundred thousand texts, all of them the same 10 MB.
fn one_text_many_times() -> String {
    check(&format!(
        "(local $n i32) (drop (memory.grow (i32.const 400)))
         (loop $l
           (i32.store offset=131072 (i32.mul (local.get $n) (i32.const 8)) (i32.const 1048576))
           (i32.store offset=131076 (i32.mul (local.get $n) (i32.const 8)) (i32.const 10000000))
           (local.set $n (i32.add (local.get $n) (i32.const 1)))
           (br_if $l (i32.lt_u (local.get $n) (i32.const 100000))))
         {} {}",
        row([0; 5]),
        found(1, (131_072, 100_000))
    ))
}

fn files() -> Vec<Attack> {
    vec![
        Attack {
            name: "W9 an import that is none of the contract",
            guest: || foreign_import("evil:thing/door@1.0.0"),
            says: Some("it imports `evil:thing/door@1.0.0`"),
        },
        Attack {
            name: "W7 a clock",
            guest: || foreign_import("wasi:clocks/monotonic-clock@0.2.9"),
            says: Some("plugins have no files, network, clock or environment"),
        },
        Attack {
            name: "W8 the environment",
            guest: || foreign_import("wasi:cli/environment@0.2.9"),
            says: Some("plugins have no files, network, clock or environment"),
        },
        Attack {
            name: "W8b files of the machine",
            guest: || foreign_import("wasi:filesystem/types@0.2.9"),
            says: Some("plugins have no files, network, clock or environment"),
        },
        Attack {
            name: "W8c the network",
            guest: || foreign_import("wasi:sockets/tcp@0.2.9"),
            says: Some("plugins have no files, network, clock or environment"),
        },
        Attack {
            name: "W22 a core module",
            guest: || wat::parse_str(check("(call $none)")).expect("a module"),
            says: Some("component"),
        },
        Attack {
            name: "no WASM at all",
            guest: || b"#!/bin/sh\nrm -rf /\n".to_vec(),
            says: Some("no valid component"),
        },
        Attack {
            name: "W23 a huge file",
            guest: || vec![0; crate::component::MOST_BYTES + 1],
            says: Some("more than the limit of 32 MiB"),
        },
        Attack {
            name: "W25 a memory of 64 bits",
            guest: || text_component("(core module (memory i64 1))"),
            says: Some("no valid component"),
        },
        Attack {
            name: "W25b shared memory",
            guest: || text_component("(core module (memory 1 1 shared))"),
            says: Some("no valid component"),
        },
        Attack {
            name: "W25c types of a garbage collector",
            guest: || text_component("(core module (type (struct (field i32))))"),
            says: Some("no valid component"),
        },
        Attack {
            name: "W27 nothing exported",
            guest: || text_component(""),
            says: Some("it exports nothing"),
        },
        Attack {
            name: "W26 a newer contract",
            guest: || renamed("0.1.0", "0.2.0"),
            says: Some(
                "built for version 0.2.0 of the plugin contract, and this perfctl speaks version 0.1.0",
            ),
        },
        Attack {
            name: "W28 an export of other types",
            guest: || {
                text_component(
                    r#"(core module $m (func (export "c") (param i32)))
                    (core instance $i (instantiate $m))
                    (func $c (param "rule" u32) (canon lift (core func $i "c")))
                    (instance $rules (export "check" (func $c)))
                    (export "perfctl:plugin/rules@0.1.0" (instance $rules))"#,
                )
            },
            says: Some("does not fit the contract"),
        },
        Attack {
            name: "W38 files that were not granted",
            guest: || {
                component(&module(
                    r#"(import "perfctl:plugin/files@0.1.0" "at" (func $at (param i32 i32 i32)))"#,
                    "(call $at (i32.const 64) (i32.const 1) (i32.const 128)) (call $none)",
                    "(call $none)",
                ))
            },
            says: Some("add `[grants] files = [\"evil\"]`"),
        },
    ]
}

/// A component from its own text.
fn text_component(body: &str) -> Vec<u8> {
    wat::parse_str(format!("(component {body})")).expect("a component")
}

/// A component that asks for an instance of somebody else's.
fn foreign_import(name: &str) -> Vec<u8> {
    text_component(&format!(
        r#"(import "{name}" (instance (export "open" (func))))
        (core module $m (func (export "c")))
        (core instance $i (instantiate $m))
        (func $c (canon lift (core func $i "c")))
        (instance $rules (export "check" (func $c)))
        (export "perfctl:plugin/rules@0.1.0" (instance $rules))"#
    ))
}

/// A good guest with another version in all of its names.
fn renamed(from: &str, to: &str) -> Vec<u8> {
    let mut bytes = component(&guest::good());
    let (from, to) = (format!("@{from}"), format!("@{to}"));
    for at in 0..bytes.len() - from.len() {
        if bytes[at..].starts_with(from.as_bytes()) {
            bytes[at..at + to.len()].copy_from_slice(to.as_bytes());
        }
    }
    bytes
}
