//! Collectors and formats that do what they should, and guests that mean harm or are broken: each ends with an error that names the plugin and says
//! why, or with an answer that is checked.

use std::time::{Duration, Instant};

use perfctl_core::metric::Unit;
use perfctl_runtime::plugin::Component as _;

use super::*;
use crate::compiler::InProcess;
use crate::component::Rights;
use crate::engine::Engine;
use crate::hostile::guest::{of_world, words};

/// What is read of the contract, so that the code around it stays short.
const COLLECT: &str = "perfctl:plugin/collection@0.1.0#collect";
const RENDER: &str = "perfctl:plugin/rendering@0.1.0#render";

/// Where guests put their answer.
const ANSWER: u32 = 256;

fn engine() -> Arc<Engine> {
    Arc::new(Engine::new().expect("an engine"))
}

fn component(engine: &Arc<Engine>, bytes: Vec<u8>) -> Arc<Component> {
    Arc::new(Component {
        shown: "plugins/acme.wasm".to_owned(),
        bytes: bytes.into(),
        files: Rights::NotAsked,
        engine: engine.clone(),
        compiler: Arc::new(InProcess),
        cache: None,
    })
}

/// A core module whose only function is `name` with these parameters.
fn module(head: &str, name: &str, parameters: &str, body: &str) -> String {
    format!(
        r#"(module
  {head}
  (memory (export "memory") 2)
  (global $next (mut i32) (i32.const 65536))
  (global $calls (mut i32) (i32.const 0))
  (func (export "cabi_realloc") (param $old i32) (param $had i32) (param $align i32) (param $size i32) (result i32)
    (local $at i32)
    (local.set $at (i32.and (i32.add (global.get $next) (i32.const 15)) (i32.const -16)))
    (global.set $next (i32.add (local.get $at) (local.get $size)))
    (loop $more
      (if (i32.gt_u (global.get $next) (i32.mul (memory.size) (i32.const 65536))) (then
        (if (i32.eq (memory.grow (i32.const 16)) (i32.const -1)) (then unreachable))
        (br $more))))
    (local.get $at))
  (func (export "{name}") {parameters} (result i32) {body})
)"#
    )
}

/// A collector with this body. `$out` and `$size` are the output's bytes.
fn collector(head: &str, body: &str) -> Vec<u8> {
    let parameters = "(param $name i32) (param $named i32) (param $out i32) (param $size i32) (param $err i32) (param $errors i32)
        (param $coded i32) (param $code i32) (param $late i32) (param $options i32) (param $count i32)";
    of_world(&module(head, COLLECT, parameters, body), "collector")
}

/// A format with this body. `$record` and `$size` are the record's bytes.
fn reporter(head: &str, body: &str) -> Vec<u8> {
    let parameters = "(param $name i32) (param $named i32) (param $record i32) (param $size i32) (param $colour i32) (param $width i32)
        (param $suspicions i32) (param $silenced i32)";
    of_world(&module(head, RENDER, parameters, body), "reporter")
}

const LOG: &str = r#"(import "perfctl:plugin/log@0.1.0" "print" (func $print (param i32 i32)))"#;

/// Bytes in the guest's memory.
fn data(at: u32, text: &str) -> String {
    let bytes = text.bytes().enumerate();
    bytes
        .map(|(index, byte)| {
            let address = at as usize + index;
            format!("(i32.store8 (i32.const {address}) (i32.const {byte}))")
        })
        .collect()
}

/// One metric at 512 with a name and unit from memory, samples from 1024 on, and no labels; answered.
fn one_metric(name: &str, unit: &str, samples: &[f64]) -> String {
    let stored = samples.iter().enumerate().map(|(index, sample)| {
        let (address, bits) = (1024 + 8 * index, sample.to_bits() as i64);
        format!("(i64.store (i32.const {address}) (i64.const {bits}))")
    });
    let stored: String = stored.collect();
    let metric = [
        2048,
        name.len() as u32,
        3072,
        unit.len() as u32,
        1024,
        samples.len() as u32,
        0,
        0,
    ];
    format!(
        "{}{}{stored}{}{}",
        data(2048, name),
        data(3072, unit),
        words(512, &metric),
        collected([512, 1, 0, 0, 0, 0, 0, 0, 0])
    )
}

/// The answer `ok` with lists of metrics, notes and files, and the word on what measures nothing.
fn collected(fields: [u32; 9]) -> String {
    let mut all = vec![0];
    all.extend(fields);
    format!("{} (i32.const {ANSWER})", words(ANSWER, &all))
}

fn head() -> CollectorHead {
    CollectorHead {
        name: "acme-tool".to_owned(),
        about: "a".to_owned(),
        options: Vec::new(),
        demands: Vec::new(),
        metrics: [MetricName::new("acme.time")].into(),
        limits: CallLimits {
            time: Duration::from_millis(200),
            memory: 32 << 20,
        },
    }
}

fn output(stdout: &[u8]) -> Output<'_> {
    Output {
        stdout,
        stderr: b"",
        exit_code: Some(0),
        timed_out: false,
    }
}

/// What a collector makes of `stdout`.
fn collect(engine: &Arc<Engine>, guest: Vec<u8>, stdout: &[u8]) -> Heard<Collected> {
    let extension = component(engine, guest).extension();
    extension.collect(&head(), output(stdout), &BTreeMap::new())
}

fn said<T: std::fmt::Debug>(heard: Heard<T>) -> String {
    heard.answer.expect_err("it is refused").to_string()
}

use perfctl_core::ids::MetricName;

#[test]
fn what_a_collector_makes_comes_in_the_base_of_its_unit_and_what_it_prints_is_heard() {
    let body = format!(
        "(call $print (local.get $out) (local.get $size)) {}",
        one_metric("acme.time", "ms", &[12.5, 4.0])
    );
    let heard = collect(&engine(), collector(LOG, &body), b"two\nlines");
    assert_eq!(heard.printed, ["two", "lines"]);
    let collected = heard.answer.expect("an answer");
    let metric = &collected.metrics[0];
    assert_eq!(
        (metric.name.as_str(), metric.unit),
        ("acme.time", Unit::Seconds)
    );
    assert_eq!(metric.samples, [0.0125, 0.004]);
}

#[test]
fn a_refusal_is_the_plugins_word_without_what_steers_a_terminal() {
    let refuse = |text: &str| {
        let answer = words(ANSWER, &[1, 2048, text.len() as u32]);
        collector(
            "",
            &format!("{}{answer} (i32.const {ANSWER})", data(2048, text)),
        )
    };
    let engine = engine();
    let told = said(collect(&engine, refuse("no \u{1b}[31mnumbers\nhere"), b""));
    assert_eq!(told, "plugins/acme.wasm: no \u{fffd}[31mnumbers here");
    let told = said(collect(&engine, refuse("  "), b""));
    assert!(told.contains("did not say why"), "{told}");
}

#[test]
fn every_attack_of_a_collector_ends_as_an_error_that_says_why() {
    let engine = engine();
    let grow =
        "(loop $l (br_if $l (i32.ne (memory.grow (i32.const 64)) (i32.const -1)))) unreachable";
    let metric = |name: &str, unit: &str, samples: &[f64]| one_metric(name, unit, samples);
    // Each of many files is the same large text.
    let bomb = format!(
        "(drop (memory.grow (i32.const 100))) (memory.fill (i32.const 131072) (i32.const 97) (i32.const 6000000))
         {}{}{}",
        data(2048, "a"),
        (0..8)
            .map(|at| words(512 + at * 16, &[2048, 1, 131_072, 6_000_000]))
            .collect::<String>(),
        collected([0, 0, 0, 0, 512, 8, 0, 0, 0])
    );
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        (
            "endless loop",
            collector("", "(loop $l (br $l)) unreachable"),
            "longer than its limit of 200 ms",
        ),
        (
            "a loop while it starts",
            collector("(func $s (loop $l (br $l))) (start $s)", "unreachable"),
            "longer than its limit of 200 ms",
        ),
        (
            "memory",
            collector("", grow),
            "more than its limit of 32 MiB",
        ),
        ("a trap", collector("", "unreachable"), "ended with a trap"),
        (
            "a flood of lines",
            collector(
                LOG,
                "(loop $l (call $print (i32.const 64) (i32.const 1)) (br $l)) unreachable",
            ),
            "printed more than 10000 times",
        ),
        (
            "an answer outside of memory",
            collector("", "(i32.const 99999999)"),
            "plugins/acme.wasm: ",
        ),
        (
            "a bad discriminant",
            collector("", &format!("{} (i32.const {ANSWER})", words(ANSWER, &[7]))),
            "plugins/acme.wasm: ",
        ),
        (
            "lists beyond memory",
            collector("", &collected([512, 4_000_000, 0, 0, 0, 0, 0, 0, 0])),
            "plugins/acme.wasm: ",
        ),
        ("a copy bomb", collector("", &bomb), "plugins/acme.wasm: "),
        (
            "another's metric",
            collector("", &metric("import.total", "ms", &[1.0])),
            "`import.total`, which its pack.toml does not declare",
        ),
        (
            "no unit",
            collector("", &metric("acme.time", "parsec", &[1.0])),
            "`parsec`, which is none",
        ),
        (
            "no number",
            collector("", &metric("acme.time", "s", &[f64::NAN])),
            "no number",
        ),
        (
            "no end",
            collector("", &metric("acme.time", "h", &[f64::INFINITY])),
            "no number",
        ),
        (
            "no samples",
            collector("", &metric("acme.time", "s", &[])),
            "has no samples",
        ),
        (
            "nothing said of nothing",
            collector("", &collected([0, 0, 0, 0, 0, 0, 1, 64, 0])),
            "`inconclusive` says nothing",
        ),
    ];
    let mut wrong = Vec::new();
    for (name, guest, says) in cases {
        let begun = Instant::now();
        let heard = collect(&engine, guest, b"output");
        match heard.answer {
            Err(error)
                if error.to_string().contains(says)
                    && error.to_string().starts_with("plugins/acme.wasm: ") => {}
            other => wrong.push(format!("{name}: {other:?}, not {says}")),
        }
        if begun.elapsed() > Duration::from_secs(30) {
            wrong.push(format!("{name}: took {:?}", begun.elapsed()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nothing_is_kept_from_one_call_to_the_next() {
    // The second call in one instance would trap.
    let body = format!(
        "(if (global.get $calls) (then unreachable)) (global.set $calls (i32.const 1)) {}",
        one_metric("acme.time", "s", &[1.0])
    );
    let extension = component(&engine(), collector("", &body)).extension();
    for _ in 0..3 {
        let heard = extension.collect(&head(), output(b""), &BTreeMap::new());
        assert!(heard.answer.is_ok(), "{:?}", heard.answer);
    }
    // One that trapped is called again, too: by another step.
    let broken = component(&engine(), collector("", "unreachable")).extension();
    for _ in 0..2 {
        assert!(said(broken.collect(&head(), output(b""), &BTreeMap::new())).contains("trap"));
    }
}

#[test]
fn an_output_that_does_not_fit_into_its_memory_is_the_limit_and_no_trap() {
    let large = vec![b'a'; 40 << 20];
    let heard = collect(
        &engine(),
        collector("", &one_metric("acme.time", "s", &[1.0])),
        &large,
    );
    let told = said(heard);
    assert!(told.contains("more than its limit of 32 MiB"), "{told}");
}

#[test]
fn a_component_of_another_world_or_with_other_imports_is_refused_before_it_runs() {
    let engine = engine();
    let rules = crate::hostile::guest::component(&crate::hostile::guest::good());
    let told = said(collect(&engine, rules, b""));
    assert!(
        told.contains("its component is a rule-pack, and its pack.toml declares a collector"),
        "{told}"
    );
    let extension = component(&engine, reporter("", "unreachable")).extension();
    let told = said(extension.collect(&head(), output(b""), &BTreeMap::new()));
    assert!(told.contains("is a reporter"), "{told}");
    let own = component(&engine, collector("", "unreachable"));
    for other in ["wasi:filesystem/types@0.2.9", "perfctl:plugin/node@0.1.0"] {
        let surface = Surface {
            world: World::Collector,
            version: "0.1.0".to_owned(),
            imports: vec!["perfctl:plugin/log@0.1.0".to_owned(), other.to_owned()],
            exports: Vec::new(),
        };
        let told = own.may_be(World::Collector, &surface).expect_err("refused");
        assert!(told.to_string().contains(other), "{told}");
    }
    let told = said(collect(&engine, b"\0asm no component".to_vec(), b""));
    assert!(told.contains("no valid component"), "{told}");
}

#[test]
fn a_component_of_another_version_is_refused_with_both_versions() {
    let of = |marker: &str| {
        let text = format!(
            "(component (instance $i) (export \"perfctl:plugin/{marker}@0.2.0\" (instance $i)))"
        );
        wat::parse_str(text).expect("a component in WAT")
    };
    let collected = said(collect(&engine(), of("collection"), b""));
    for told in [collected, said(render(of("rendering"), b"{}"))] {
        let both =
            told.contains("built for version 0.2.0") && told.contains("speaks version 0.1.0");
        assert!(both, "{told}");
    }
}

fn format() -> ReporterHead {
    ReporterHead {
        name: "acme-html".to_owned(),
        about: "a".to_owned(),
        limits: head().limits,
    }
}

fn render(guest: Vec<u8>, record: &[u8]) -> Heard<Vec<u8>> {
    let extension = component(&engine(), guest).extension();
    extension.render(&format(), record, &View::default())
}

#[test]
fn a_format_hands_back_its_document_as_it_is() {
    let echo = format!(
        "(i32.store8 (i32.const {ANSWER}) (i32.const 0)) (i32.store offset=4 (i32.const {ANSWER}) (local.get $record))
         (i32.store offset=8 (i32.const {ANSWER}) (local.get $size)) (i32.const {ANSWER})"
    );
    let heard = render(reporter("", &echo), b"{\"schema\"\x00\xff}");
    assert_eq!(heard.answer.expect("a document"), b"{\"schema\"\x00\xff}");
}

#[test]
fn a_format_that_is_late_greedy_broken_or_too_long_is_an_error() {
    let of_bytes = |count: u32| {
        let answer = words(ANSWER, &[0, 65_536, count]);
        format!("(drop (memory.grow (i32.const 1400))) {answer} (i32.const {ANSWER})")
    };
    let outside = of_bytes(2_000_000_000);
    for (guest, says) in [
        (
            reporter("", "(loop $l (br $l)) unreachable"),
            "longer than its limit of 200 ms",
        ),
        (
            reporter(
                "",
                "(loop $l (br_if $l (i32.ne (memory.grow (i32.const 64)) (i32.const -1)))) unreachable",
            ),
            "more than its limit of 32 MiB",
        ),
        (reporter("", "unreachable"), "ended with a trap"),
        (reporter("", &outside), "plugins/acme.wasm: "),
    ] {
        let told = said(render(guest, b"{}"));
        assert!(
            told.starts_with("plugins/acme.wasm: ") && told.contains(says),
            "{told}"
        );
    }
    // With memory enough for it.
    let roomy = ReporterHead {
        limits: CallLimits {
            memory: 256 << 20,
            time: Duration::from_secs(5),
        },
        ..format()
    };
    let render = |count: u32| {
        let extension = component(&engine(), reporter("", &of_bytes(count))).extension();
        extension.render(&roomy, b"{}", &View::default())
    };
    let whole = render(60 << 20).answer.expect("a document");
    assert_eq!(whole.len(), 60 << 20);
    assert_eq!(
        said(render(80 << 20)),
        "plugins/acme.wasm: its answer, or what it hands the host in a call, has more than 64 MiB"
    );
}
