//! Which sources are refused, and why; and that ordinary ones never are.

mod any_text;
mod javascript;
mod python;

use super::{Limits, Refusal, Shape, check, count_openers};
use crate::lower::Language;
use crate::lower::Language::{Go, JavaScript, Python, TypeScript};

/// Fills a megabyte with `unit`, between `before` and `after`.
fn megabyte(before: &str, unit: &str, after: &str) -> String {
    let times = (Limits::default().bytes - before.len() - after.len()) / unit.len();
    format!("{before}{}{after}", unit.repeat(times))
}

fn shape(source: &str, language: Language) -> Shape {
    let brackets = count_openers(source.as_bytes(), language.is_javascript());
    let shape = Limits::default().scan(source.as_bytes(), language, brackets);
    shape.unwrap_or_else(|refusal| panic!("{source:.60}: {refusal}"))
}

/// The name of the refusal, or `passed`.
fn verdict(source: &str, language: Language) -> &'static str {
    match check(source.as_bytes(), language) {
        Ok(()) => "passed",
        Err(Refusal::TooLarge { .. }) => "too large",
        Err(Refusal::TooDeep { .. }) => "too deep",
        Err(Refusal::TooLong { .. }) => "too long",
        Err(Refusal::TooAmbiguous { .. }) => "too ambiguous",
        Err(Refusal::TooDense { .. }) => "too dense",
        Err(Refusal::Irregular { .. }) => "irregular",
    }
}

/// Asserts the verdict over a megabyte of each shape.
fn assert_all(language: Language, expected: &str, shapes: &[(&str, &str, &str)]) {
    for (before, unit, after) in shapes {
        let source = megabyte(before, unit, after);
        assert_eq!(
            verdict(&source, language),
            expected,
            "{language}: {before}({unit})*{after}"
        );
    }
}

#[test]
fn a_file_over_a_megabyte_is_too_large() {
    let source = "\n".repeat(Limits::default().bytes + 1);
    for language in Language::ALL {
        assert_eq!(verdict(&source[1..], *language), "passed");
        assert_eq!(verdict(&source, *language), "too large");
    }
}

#[test]
fn brackets_may_nest_a_thousand_deep_and_no_deeper() {
    for language in Language::ALL {
        for (open, close) in [("[", "]"), ("{", "}"), ("f(", ")")] {
            let nested = |depth: usize| format!("{}{}\n", open.repeat(depth), close.repeat(depth));
            assert_eq!(
                verdict(&nested(1000), *language),
                "passed",
                "{open} {language}"
            );
            assert_eq!(
                verdict(&nested(1001), *language),
                "too deep",
                "{open} {language}"
            );
        }
    }
}

#[test]
fn a_refusal_says_what_there_is_too_much_of() {
    let refusal = check("[".repeat(2000).as_bytes(), Python);
    let text = refusal.map_err(|refusal| refusal.to_string());
    assert_eq!(
        text,
        Err("brackets nest deeper than 1000 levels at byte 1000".into())
    );
}

#[test]
fn go_may_be_long_but_not_deep() {
    assert_all(
        Go,
        "too deep",
        &[
            ("package a\nvar x=", "function(", ""),
            ("", "if aaaaa {\n", ""),
            ("", "[]aaaaaaaaaaaaaaaaaaaa{", ""),
        ],
    );
    assert_all(
        Go,
        "too long",
        &[
            ("var x=", "-", "1"),
            ("var x=a", "+a", ""),
            ("var x=a", ".b", ""),
            ("var x=", "!\n", "1"),
            ("", "\"\"", ""),
            ("", "``", ""),
        ],
    );
    assert_all(Go, "too dense", &[("", "f(),", ""), ("", "\"(\"", "")]);
    assert_all(
        Go,
        "passed",
        &[
            ("", "x := f(1)\n", ""),
            ("", "func f() {\n\treturn a // (\n}\n", ""),
            ("", "s := `\n\n{`\n", ""),
            ("", "/* [[ */ aaaaaaaaaaaaaaaaaaaa := '('\n", ""),
            ("var x = []int{", "1,\n", "}"),
        ],
    );
}

#[test]
fn go_strings_and_comments_hold_no_brackets() {
    let source = "f(\"[\", `{\n(`, '{', /* ( */ a) // (\n".repeat(20);
    assert_eq!(shape(&source, Go).deepest, 1);
    let broken = "s := \"never closed (\n".repeat(20);
    assert_eq!(
        shape(&broken, Go).deepest,
        20,
        "where a string does not close, nesting is taken to be there"
    );
}

#[test]
fn what_never_closes_is_looked_for_only_once() {
    // Quadratic scans of these take minutes.
    for language in [JavaScript, TypeScript, Go] {
        for unit in [
            "/*", "'", "\"", "`", "\\'", "/[", "\n \n", "/ ", "`${`", "/*\n//\n",
        ] {
            assert_ne!(verdict(&megabyte("", unit, ""), language), "too large");
        }
    }
    for unit in [
        "'''", "\"\"\"'", "\\'", "f'", "f'''", "f'{a:", "'\n", "f'{'",
    ] {
        assert_ne!(verdict(&megabyte("", unit, ""), Python), "too large");
    }
}
