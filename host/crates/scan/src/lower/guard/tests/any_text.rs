//! What holds of any text, held against the parsers themselves.

use std::thread;

use proptest::prelude::*;
use ruff_python_ast::PySourceType;
use ruff_python_ast::token::TokenKind;
use ruff_python_parser::parse_unchecked_source;

use super::{Go, JavaScript, Python, TypeScript, check, count_openers, shape};
use crate::lower;

/// How deep the parser's own tokens nest; nothing where an error makes it go on elsewhere than the scan does: after one in a hole,
/// it may take the rest of the f-string for code. Such a file passes up to [`super::Limits::irregular`] or a few bytes a bracket.
fn token_depth(source: &str) -> Option<(usize, bool)> {
    let parsed = parse_unchecked_source(source, PySourceType::Python);
    let (mut depth, mut deepest, mut has_holes) = (0usize, 0, false);
    for token in parsed.tokens() {
        match token.kind() {
            TokenKind::Lpar | TokenKind::Lsqb | TokenKind::Lbrace => depth += 1,
            TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace => {
                depth = depth.saturating_sub(1)
            }
            TokenKind::FStringStart | TokenKind::TStringStart => has_holes = true,
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    let has_errors = parsed.has_invalid_syntax();
    (!has_errors || !has_holes).then_some((deepest, has_errors))
}

/// Text from the pieces that decide what is a string and what a bracket.
fn soup() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "a",
        "1",
        " ",
        "\n",
        "\r\n",
        ",",
        ":",
        "=",
        "'",
        "\"",
        "'''",
        "\"\"\"",
        "f'",
        "f\"",
        "rf'",
        "t'''",
        "b'",
        "{x}",
        "{{",
        "}}",
        "{x:",
        "!r",
        "\\",
        "\\\n",
        "\\'",
        "\\N{",
        "# (",
        "`",
        "${",
        "/",
        "//",
        "/*",
        "*/",
        "<",
        ">",
        "=>",
        "é",
        "if",
        "return",
        ";",
        "lambda x:",
        "_f'",
        "0xf\"",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn the_scan_of_python_sees_the_nesting_that_the_parser_sees(source in soup()) {
        let shape = shape(&source, Python);
        if let Some((depth, has_errors)) = token_depth(&source) {
            prop_assert!(shape.is_irregular || shape.deepest >= depth, "{shape:?}, the parser {depth}");
            prop_assert!(has_errors || (shape.deepest, shape.is_irregular) == (depth, false), "{shape:?}");
        }
    }

    #[test]
    fn a_scan_of_anything_ends(source in soup(), bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        for language in [Python, JavaScript, TypeScript, Go] {
            shape(&source, language);
            // Bytes that are no text reach the guard as they are.
            let strict = super::Limits { depth: 0, chain: 0, ..super::Limits::default() };
            let _ = strict.check(&bytes, language);
        }
    }

    #[test]
    fn openers_are_counted_alike_in_pieces_and_one_by_one(source in soup(), times in 0usize..20) {
        let source = source.repeat(times);
        let one_by_one = source.bytes().filter(|byte| b"([{".contains(byte)).count();
        let angles = source.bytes().filter(|byte| *byte == b'<').count();
        prop_assert_eq!(count_openers(source.as_bytes(), false), one_by_one);
        prop_assert_eq!(count_openers(source.as_bytes(), true), one_by_one + angles);
    }
}

#[test]
fn the_deepest_sources_that_pass_are_lowered() {
    let worker = thread::Builder::new().stack_size(1 << 30).spawn(|| {
        // The limits, nearly filled: in debug builds the frames are large.
        for (unit, times) in [
            ("[", 999),
            ("f(", 999),
            ("f'{", 999),
            ("-", 65_000),
            ("lambda:", 9_000),
            ("a**", 21_000),
            ("a.", 32_000),
            ("a if b else ", 5_400),
        ] {
            let source = unit.repeat(times);
            assert_eq!(check(source.as_bytes(), Python), Ok(()), "{unit}");
            assert!(lower::python::lower(&source, false).len() > 900, "{unit}");
        }
    });
    let done = worker.expect("address space for a stack").join();
    done.expect("no source that passes may panic the lowering");
}
