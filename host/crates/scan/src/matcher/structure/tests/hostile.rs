//! Deep, large and misleading sources, and conditions that look at everything again and again.

use std::time::{Duration, Instant};

use super::*;

fn on_deep_stack(work: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(1 << 30).spawn(work);
    thread.expect("a thread").join().expect("no overflow");
}

fn nested(condition: Condition, levels: usize) -> Condition {
    (0..levels).fold(condition, |inner, _| Condition {
        has: related(inner, Stop::End),
        ..kind("list")
    })
}

#[test]
fn a_source_that_nests_a_thousand_deep_is_searched() {
    on_deep_stack(|| {
        let deep = format!("{}get(1){}\n", "[".repeat(1000), "]".repeat(1000));
        assert_eq!(python(&pattern("get($A)"), &deep), ["get(1)"]);
        let around = Condition {
            inside: related(kind("module"), Stop::End),
            ..pattern("get($A)")
        };
        assert_eq!(python(&around, &deep), ["get(1)"]);
        let stop = Stop::At(Box::new(kind("call")));
        let below = Condition {
            has: related(pattern("1"), stop),
            ..kind("list")
        };
        assert_eq!(python(&below, &deep), [""; 0]);
        let twice = format!("{deep}{deep}");
        let same = pattern("$A\n");
        assert!(Structure::new(&same, &BTreeMap::new(), &[Language::Python]).is_err());
        let equal = format!("{0} == {0}\n", deep.trim());
        assert_eq!(python(&pattern("$A == $A"), &equal).len(), 1);
        assert_eq!(python(&pattern("get($A)"), &twice).len(), 2);
    });
}

#[test]
fn chains_without_brackets_are_searched_however_long() {
    on_deep_stack(|| {
        for text in [
            "a + ".repeat(16_000) + "a",
            "not ".repeat(16_000) + "a",
            format!("x{}", ".a".repeat(30_000)),
        ] {
            let stop = Stop::At(Box::new(kind("string")));
            let condition = Condition {
                has: related(kind("string"), stop),
                ..kind("module")
            };
            assert_eq!(python(&condition, &text), [""; 0]);
        }
    });
}

#[test]
fn a_condition_that_looks_at_everything_again_and_again_is_given_up() {
    let text = format!("{}{}\n", "[".repeat(900), "]".repeat(900));
    let condition = nested(kind("string"), 6);
    let structure = Structure::new(&condition, &BTreeMap::new(), &[Language::Python]);
    let structure = structure.expect("compiles");
    let harmless = Structure::new(&kind("list"), &BTreeMap::new(), &[Language::Python]);
    let harmless = harmless.expect("compiles");
    let mut wanted = [Wanted::new(&structure), Wanted::new(&harmless)];
    let start = Instant::now();
    search(&text, "a.py", Language::Python, &mut wanted);
    assert!(matches!(wanted[0].ended, Some(Ended::Steps(_))));
    assert_eq!(wanted[0].found, []);
    assert_eq!((wanted[1].found.len(), wanted[1].ended), (900, None));
    assert!(
        start.elapsed() < Duration::from_secs(10),
        "{:?}",
        start.elapsed()
    );
}

#[test]
fn one_that_looks_at_long_texts_is_given_up_too() {
    let text = format!("f('{}')\n", "a".repeat(400_000)) + &"g(1)\n".repeat(5000);
    let condition = Condition {
        inside: related(
            Condition {
                regex: Some("zzz".to_owned()),
                ..Condition::default()
            },
            Stop::End,
        ),
        ..pattern("g($A)")
    };
    let structure = Structure::new(&condition, &BTreeMap::new(), &[Language::Python]);
    let structure = structure.expect("compiles");
    let mut wanted = [Wanted::new(&structure)];
    search(&text, "a.py", Language::Python, &mut wanted);
    assert!(matches!(wanted[0].ended, Some(Ended::Steps(_))));
}

#[test]
fn any_text_can_be_searched_in_any_language() {
    use proptest::prelude::*;
    let conditions = [
        pattern("f($A)"),
        pattern("$A = $B"),
        Condition {
            has: related(kind("identifier"), Stop::End),
            ..pattern("$F($$$ARGS)")
        },
    ];
    let structures: Vec<Structure> = conditions
        .iter()
        .map(|condition| {
            Structure::new(condition, &BTreeMap::new(), Language::ALL).expect("compiles")
        })
        .collect();
    let parts = "(f\\(|\\)|a|=| |\n|é|'|\"|\\{|\\}|\\[|\\]|,|;|:=|for |if|:|\\$A|µA|`|#|//|/\\*|<|>|\\.|1){0,40}";
    proptest!(|(text in parts)| {
        for (language, path) in [
            (Language::Python, "a.py"),
            (Language::JavaScript, "a.js"),
            (Language::TypeScript, "a.ts"),
            (Language::TypeScript, "a.tsx"),
            (Language::Go, "a.go"),
        ] {
            let mut wanted: Vec<Wanted<'_>> = structures.iter().map(Wanted::new).collect();
            search(&text, path, language, &mut wanted);
            for one in &wanted {
                prop_assert_eq!(one.ended, None);
                for hit in &one.found {
                    prop_assert!(text.get(hit.span.range()).is_some());
                }
            }
        }
    });
}
