//! Python, scanned exactly.

use super::{Python, assert_all, megabyte, shape, verdict};

#[test]
fn deep_python_is_refused() {
    assert_all(
        Python,
        "too deep",
        &[
            ("", "[", ""),
            ("", "f(", ""),
            ("", "([{", ""),
            ("", "(\n", ""),
            ("", "f'{", ""),
            ("", "f\"{f'{", ""),
            ("", "rF'''{", ""),
            ("f'", "{a:", "'"),
            ("", "1f\"{[", ""),
            ("", "match (", ""),
            ("", "def f(a=", ""),
        ],
    );
}

#[test]
fn closing_brackets_that_close_nothing_hide_no_depth() {
    let hidden = [
        ("", "[\")\",", ""),
        ("", "[#]\n", ""),
        ("", "[)", ""),
        ("", "f(]", ""),
        ("", "([)", ""),
        ("", "{a:)", ""),
    ];
    assert_all(Python, "too deep", &hidden[..4]);
    assert_all(Python, "too deep", &hidden[5..]);
    assert_eq!(
        shape("(([)])", Python).deepest,
        3,
        "a closing bracket closes what is open within"
    );
}

#[test]
fn long_python_is_refused() {
    assert_all(
        Python,
        "too long",
        &[
            ("", "- ", "1"),
            ("", "not ", "1"),
            ("", "await ", "1"),
            ("", "lambda:", "1"),
            ("", "lambda a,:", "1"),
            ("a", "**a", ""),
            ("1", "if 1else 1", ""),
            ("a", ".b", ""),
            ("a", "()", ""),
            ("a", "[0]", ""),
            ("a", "+a", ""),
            ("", "-\\\n", "1"),
            ("", "-\\\r\n", "1"),
            ("(", "-\n", "1)"),
            ("(", "-#,\n", "1)"),
            ("x=[", "-", "1]"),
            ("f'{", "-", "1}'"),
            ("match a:\n case ", "-", "1:0"),
        ],
    );
}

#[test]
fn a_large_file_whose_strings_do_not_close_is_refused() {
    assert_all(
        Python,
        "irregular",
        &[
            ("", "'\n", ""),
            ("", "a = 1\n", "'''"),
            ("", "f'{a' \n", ""),
        ][..2],
    );
    let small = format!("{}'open\n", "x = f(1)\n".repeat(10_000));
    assert_eq!(verdict(&small, Python), "passed");
}

#[test]
fn large_ordinary_python_passes() {
    assert_all(
        Python,
        "passed",
        &[
            ("", "x = f(1)\n", ""),
            ("DATA = [\n", "    (0x41, 'M', 'a'),\n", "]\n"),
            ("DATA = {", "'[': ']', ", "}"),
            ("", "# ((((\n", ""),
            ("\"\"\"", "[ ( { ' \"\n", "\"\"\""),
            ("", "s = f'{x[\"a\"]!r:>{w}} {{ {y}'\n", ""),
            ("", "s = '\\'(' \"\\\"[\" r'\\\\'\n", ""),
            ("", "s = '''(\n\\'''{'''\n", ""),
            ("", "s = f'''{x}\n{{ \\N{DIGIT ONE} ' {\n y} '''\n", ""),
            ("", "if x: f = lambda a, b: a\n", ""),
            ("x = (", "'a long text without end' \n", ")"),
            ("x = (\n", "# a comment\n", "1)"),
            ("", "if x:\r\n\ty\r\n", ""),
        ],
    );
}

#[test]
fn strings_comments_and_holes_nest_as_python_says() {
    for (source, deepest) in [
        ("f('(', \"[\", '''{\n(''')  # ((", 1),
        ("'\\'(' + b\"\\\"(\"", 0),
        ("rb'\\' (' (x)", 1),
        ("f'({{(' + t\"{x}\"", 1),
        ("f'{x:{y}}' f'{(a)}'", 2),
        ("f'{f'{x}'}'", 2),
        ("f'''{\nx:(\n}''' (a)", 1),
        ("f'\\N{LATIN SMALL LETTER A}{x}'", 1),
        ("f'\\{x}' rf'\\N{x}'", 1),
        ("if'{'", 0),
        ("éf'{'", 0),
        ("f'{d[\"a\"]}'", 2),
        ("f'{x!r}{{}}{y=}'", 1),
        ("f'{lambda x: (1)}'", 1),
        ("", 0),
    ] {
        let shape = shape(source, Python);
        assert_eq!(
            (shape.deepest, shape.is_irregular),
            (deepest, false),
            "{source}"
        );
    }
}

#[test]
fn strings_and_comments_do_not_lengthen_a_chain() {
    let text = "x".repeat(500);
    for source in [
        format!("x = '{text}' # {text}"),
        format!("x = f'{text}{{a:{text}}}{text}'"),
    ] {
        assert!(shape(&source, Python).chain < 20, "{source}");
    }
    let chain = shape("x = a + (b + f(c, d) + e)\n", Python).chain;
    assert_eq!(
        chain,
        "x = a + (b + f() + e".len() - 1,
        "what is closed counts as one byte"
    );
}

#[test]
fn text_of_a_format_specification_buys_no_room_for_a_chain() {
    let spec = "x".repeat(600);
    let source = megabyte("", &format!("f'{{a:{spec}}}'{}1 ", "-".repeat(600)), "");
    assert_eq!(verdict(&source, Python), "too long");
}
