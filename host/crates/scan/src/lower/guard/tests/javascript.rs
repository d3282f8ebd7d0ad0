//! JavaScript and TypeScript, scanned by heuristics and bounded by counts.

use super::{JavaScript, TypeScript, assert_all, shape, verdict};

#[test]
fn deep_or_dense_javascript_is_refused() {
    let deep = [
        ("", "aaaa[b,cccc[d,eeee,", ""),
        ("", "while (aaaaaaaa) {\n", ""),
        ("", "aaaaa.describe(async () => {\n", ""),
        ("", "`some text ${", ""),
        ("", "x = {aaaa: ", ""),
    ];
    assert_all(JavaScript, "too deep", &deep);
    assert_all(
        JavaScript,
        "too dense",
        &[
            ("", "[", ""),
            ("", "f(),", ""),
            ("", "'(' ", ""),
            ("", "<a>", ""),
        ],
    );
}

#[test]
fn long_javascript_is_refused() {
    let long = [
        ("", "- ", "1"),
        ("", "!", "1"),
        ("", "typeof ", "1"),
        ("", "a=>", "1"),
        ("", "a=>\n", "1"),
        ("", "a?b:", "c"),
        ("a", "**a", ""),
        ("", "a=", "1"),
        ("", "do ", ";"),
        ("", "a:", ";"),
        ("a", ".b", ""),
        ("", "/*,*/-", "1"),
        ("type a=", "keyof ", "b"),
        ("class A extends ", "class extends\n", "b{}"),
    ];
    assert_all(JavaScript, "too long", &long);
    assert_all(TypeScript, "too long", &long);
}

#[test]
fn brackets_that_a_parser_reads_again_and_again_are_refused() {
    for (unit, times) in [
        ("a<", 2000),
        ("(a=", 900),
        ("(a,b=", 900),
        ("a?(b):c=>", 900),
        ("async(a=", 900),
        ("a?(b=", 900),
    ] {
        assert_eq!(
            verdict(&unit.repeat(times), TypeScript),
            "too ambiguous",
            "{unit}"
        );
        assert_eq!(verdict(&unit.repeat(100), TypeScript), "passed", "{unit}");
    }
    let group = format!("{}1{};\n", "(a=".repeat(100), ")".repeat(100));
    assert_eq!(
        verdict(&group.repeat(100), TypeScript),
        "too ambiguous",
        "many small ones too"
    );
}

#[test]
fn calls_and_closed_type_arguments_are_no_guesses() {
    assert_eq!(shape("f(g(h(1)))", TypeScript).guesses, 0);
    assert_eq!(
        shape("const a: Map<string, Array<B>> = f<C>(1)", TypeScript).guesses,
        1
    );
    assert_eq!(shape("x = (a = (b = 1))", TypeScript).guesses, 1);
    assert_eq!(shape("x = (a); y = (b), z = (c)", TypeScript).guesses, 0);
    let tags = "<p>it's <b>bold</b> {a < b}</p>\n".repeat(500);
    assert!(shape(&format!("return ({tags})"), JavaScript).guesses <= 2500);
}

#[test]
fn large_ordinary_javascript_passes() {
    let ordinary = [
        ("", "const x = f(1);\n", ""),
        ("", "const x = f(1)\n", ""),
        (
            "describe('a', () => {\n",
            "  const a = (b) => b\n  it('(', async () => {})\n",
            "})",
        ),
        ("export default [\n", "  [1.2345678, 2.345678],\n", "]"),
        (
            "",
            "const regularExpression = /[(]\\/(/.test(aaaaaaaaaaaaaaaaa) // a comment, and ((((\n",
            "",
        ),
        (
            "",
            "const templateOfTemplates = `some text ${b} more text ( \\` and ${`${c}`} {`;\n",
            "",
        ),
        (
            "",
            "/* ((( ' */ const aaaaaaaaaaaaaaaaaaaaaaaaaaa = bbbbbbbbb / c / (d);\n",
            "",
        ),
        (
            "",
            "return (\n<p title=\"a title that is not short (\">it's a / b {c}</p>\n)\n",
            "",
        ),
        ("", "if (aaaaaaaaaaaa) return /(/;\n", ""),
    ];
    assert_all(JavaScript, "passed", &ordinary);
    assert_all(TypeScript, "passed", &ordinary);
}

#[test]
fn strings_templates_comments_and_regular_expressions_hold_no_brackets() {
    for (source, deepest) in [
        ("f('(', \"[\", `{\n(`) // ((\n", 1),
        ("/* ( */ a = /[/(]\\/(/g", 0),
        ("a = b / (c) / [d]", 1),
        ("return /(/", 0),
        ("x.return / (a) / 1", 1),
        ("`a${ {b: `${c}`} }(`", 3),
        ("<div><br/></div>; (a)", 1),
        ("<p>don't ( </p>\n)", 1),
        ("'\\'(' + \"\\\n(\"", 0),
    ] {
        assert_eq!(shape(source, JavaScript).deepest, deepest, "{source}");
    }
}
