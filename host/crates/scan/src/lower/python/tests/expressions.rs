//! What each expression becomes.

use super::{expression, first, lowered};
use crate::tree::Kind;

#[test]
fn names_attributes_calls_and_arguments() {
    assert_eq!(
        expression("a.b.c"),
        r#"(Attr "c" value:(Attr "b" value:(Name "a")))"#
    );
    assert_eq!(
        expression("f(1, *a, k=2, **kw)"),
        concat!(
            r#"(Call callee:(Name "f") arg:(Num "1") arg:(Spread value:(Name "a")) "#,
            r#"arg:(KwArg "k" value:(Num "2")) arg:(Spread+REST_KEYWORDS value:(Name "kw")))"#
        )
    );
    assert_eq!(
        expression("f(k=1, *a)"),
        r#"(Call callee:(Name "f") arg:(KwArg "k" value:(Num "1")) arg:(Spread value:(Name "a")))"#,
        "source order, not positional first"
    );
    assert_eq!(expression("(a)"), r#"(Name "a")"#);
    assert_eq!(
        expression("f(x for x in y)"),
        concat!(
            r#"(Call callee:(Name "f") arg:(Comprehension+GENERATOR value:(Name "x") "#,
            r#"item:(Clause target:(Name "x") iter:(Name "y"))))"#
        )
    );
}

#[test]
fn literals() {
    assert_eq!(expression("'a\\n' \"b\" r'\\n'"), r#"(Str "a\nb\\n")"#);
    assert_eq!(expression("b'a' b'\\xff'"), "(Str+BYTES \"a\u{fffd}\")");
    assert_eq!(expression("1_000.5e1_0"), r#"(Num "1000.5e10")"#);
    assert_eq!(expression("0xFF_FF"), r#"(Num "0xFFFF")"#);
    assert_eq!(expression("2j"), r#"(Num "2j")"#);
    assert_eq!(expression("True"), r#"(Bool "true")"#);
    assert_eq!(expression("False"), r#"(Bool "false")"#);
    assert_eq!(expression("None"), "(Null)");
    assert_eq!(expression("..."), r#"(Other "...")"#);
    assert_eq!(expression("''"), "(Str)");
}

#[test]
fn f_and_t_strings_are_templates_with_their_holes() {
    assert_eq!(
        expression("f'a{{{x}b' 'c{d}'  f'{y.z!r:>{w}}'"),
        r#"(Template "a{{}bc{d}{}" item:(Name "x") item:(Attr "z" value:(Name "y")) arg:(Name "w"))"#
    );
    assert_eq!(expression("f'{x=}'"), r#"(Template "{}" item:(Name "x"))"#);
    assert_eq!(expression("f''"), "(Template)");
    assert_eq!(
        expression("t'{a} {b}'"),
        r#"(Template "{} {}" item:(Name "a") item:(Name "b"))"#
    );
    assert_eq!(
        expression("f'{f'{x}'}'"),
        r#"(Template "{}" item:(Template "{}" item:(Name "x")))"#
    );
}

#[test]
fn collections() {
    assert_eq!(
        expression("[1, *a]"),
        r#"(List item:(Num "1") item:(Spread value:(Name "a")))"#
    );
    assert_eq!(expression("1,"), r#"(List+TUPLE item:(Num "1"))"#);
    assert_eq!(expression("()"), "(List+TUPLE)");
    assert_eq!(expression("{1}"), r#"(Set item:(Num "1"))"#);
    assert_eq!(
        expression("{'a': 1, 2: x, k: 3, **r}"),
        concat!(
            r#"(Dict item:(Pair "a" value:(Num "1")) item:(Pair "2" value:(Name "x")) "#,
            r#"item:(Pair+COMPUTED key:(Name "k") value:(Num "3")) item:(Spread value:(Name "r")))"#
        )
    );
}

#[test]
fn an_unpacked_dictionary_spans_its_stars() {
    let source = "{'**': 1, ** (r)}";
    assert_eq!(first(Kind::Spread, source), "** (r");
}

#[test]
fn operators() {
    assert_eq!(
        expression("not -a + ~b ** c"),
        concat!(
            r#"(Unary "not" value:(Binary "+" value:(Unary "-" value:(Name "a")) "#,
            r#"value:(Unary "~" value:(Binary "**" value:(Name "b") value:(Name "c")))))"#
        )
    );
    assert_eq!(
        expression("a and b and (c or d)"),
        concat!(
            r#"(Logic "and" value:(Name "a") value:(Name "b") "#,
            r#"value:(Logic "or" value:(Name "c") value:(Name "d")))"#
        )
    );
    assert_eq!(
        expression("a not in b < c"),
        r#"(Compare "not in" value:(Name "a") value:(Name "b") value:(Name "c"))"#
    );
    assert_eq!(
        expression("a is not None"),
        r#"(Compare "is not" value:(Name "a") value:(Null))"#
    );
    assert_eq!(
        expression("a if t else b"),
        r#"(Conditional test:(Name "t") (Name "a") else:(Name "b"))"#
    );
    assert_eq!(
        expression("a @ b"),
        r#"(Binary "@" value:(Name "a") value:(Name "b"))"#
    );
    assert_eq!(
        expression("a // b"),
        r#"(Binary "//" value:(Name "a") value:(Name "b"))"#
    );
}

#[test]
fn subscripts_and_slices() {
    assert_eq!(
        expression("a[1:-1:2, ...]"),
        concat!(
            r#"(Index value:(Name "a") index:(List+TUPLE item:(Slice lower:(Num "1") "#,
            r#"upper:(Unary "-" value:(Num "1")) step:(Num "2")) item:(Other "...")))"#
        )
    );
    assert_eq!(
        expression("a[:]"),
        r#"(Index value:(Name "a") index:(Slice))"#
    );
}

#[test]
fn comprehensions_hold_their_element_first() {
    assert_eq!(
        expression("[f(x) async for x in y if x if z for w in x]"),
        concat!(
            r#"(Comprehension value:(Call callee:(Name "f") arg:(Name "x")) "#,
            r#"item:(Clause+ASYNC target:(Name "x") iter:(Name "y") test:(Name "x") test:(Name "z")) "#,
            r#"item:(Clause target:(Name "w") iter:(Name "x")))"#
        )
    );
    assert_eq!(
        expression("{k: v for k, v in d}"),
        concat!(
            r#"(Comprehension+KEYS value:(Pair+COMPUTED key:(Name "k") value:(Name "v")) "#,
            r#"item:(Clause target:(List+TUPLE item:(Name "k") item:(Name "v")) iter:(Name "d")))"#
        )
    );
    assert!(expression("{x for x in y}").starts_with("(Comprehension value:(Name \"x\") item:"));
}

#[test]
fn lambdas_are_functions_that_return_their_expression() {
    assert_eq!(
        expression("lambda a, *b, c=1, **d: a"),
        concat!(
            r#"(Function+LAMBDA param:(Param "a") param:(Param+REST "b") "#,
            r#"param:(Param+KEYWORD_ONLY "c" default:(Num "1")) param:(Param+REST_KEYWORDS "d") "#,
            r#"(Block (Return value:(Name "a"))))"#
        )
    );
    assert_eq!(
        lowered("f = lambda: (yield)"),
        concat!(
            r#"(Assign target:(Name "f") "#,
            r#"value:(Function+GENERATOR+LAMBDA "f" (Block (Return value:(Yield)))))"#
        )
    );
    assert!(
        lowered("a = b = lambda: 1").contains("(Function+LAMBDA (Block"),
        "two names are none"
    );
}

#[test]
fn walrus_await_and_yield() {
    assert_eq!(
        expression("(n := 1)"),
        r#"(Assign target:(Name "n") value:(Num "1"))"#
    );
    assert_eq!(
        lowered("async def f():\n  await g()\n  yield 1"),
        concat!(
            r#"(Function+ASYNC+GENERATOR "f" (Block (ExprStmt value:(Await value:(Call callee:(Name "g")))) "#,
            r#"(ExprStmt value:(Yield value:(Num "1")))))"#
        )
    );
    assert_eq!(
        lowered("def f():\n  x = yield from g\n  def h(): pass"),
        concat!(
            r#"(Function+GENERATOR "f" (Block (Assign target:(Name "x") "#,
            r#"value:(Yield+FROM value:(Name "g"))) (Function "h" (Block))))"#
        )
    );
}
