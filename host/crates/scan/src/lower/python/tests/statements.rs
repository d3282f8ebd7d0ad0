//! What each statement becomes.

use super::{first, lowered};
use crate::tree::Kind;

#[test]
fn a_yield_makes_a_generator_only_of_the_function_it_stands_in() {
    let text = lowered("def f(x=(yield)):\n  def g(): yield\n  return lambda: (yield)");
    assert!(text.starts_with("(Function \"f\""), "{text}");
    assert!(text.contains("(Function+GENERATOR \"g\""), "{text}");
}

#[test]
fn assignments() {
    assert_eq!(
        lowered("a = b.c, *d = v"),
        concat!(
            r#"(Assign target:(Name "a") target:(List+TUPLE item:(Attr "c" value:(Name "b")) "#,
            r#"item:(Spread value:(Name "d"))) value:(Name "v"))"#
        )
    );
    assert_eq!(
        lowered("x: list[int] = []\ny: int"),
        concat!(
            r#"(Assign target:(Name "x") type:(Index value:(Name "list") index:(Name "int")) value:(List))"#,
            "\n",
            r#"(Assign target:(Name "y") type:(Name "int"))"#
        )
    );
    assert_eq!(
        lowered("x **= 2\nx @= y"),
        concat!(
            r#"(AugAssign "**" target:(Name "x") value:(Num "2"))"#,
            "\n",
            r#"(AugAssign "@" target:(Name "x") value:(Name "y"))"#
        )
    );
    assert_eq!(
        lowered("type A[T: int = str, *U, **V] = list[T]"),
        concat!(
            r#"(Assign+TYPE_ONLY target:(Name "A") item:(Type "T" type:(Name "int") default:(Name "str")) "#,
            r#"item:(Type "U") item:(Type "V") value:(Index value:(Name "list") index:(Name "T")))"#
        )
    );
}

#[test]
fn functions_with_everything() {
    assert_eq!(
        lowered("@app.get('/')\nasync def f[T](a, /, b: int = 1, *, c) -> str:\n  'doc'\n  pass"),
        concat!(
            r#"(Function+ASYNC "f" decorator:(Call callee:(Attr "get" value:(Name "app")) arg:(Str "/")) "#,
            r#"item:(Type "T") param:(Param "a") param:(Param "b" type:(Name "int") default:(Num "1")) "#,
            r#"param:(Param+KEYWORD_ONLY "c") returns:(Name "str") (Block (ExprStmt value:(Str "doc"))))"#
        )
    );
    let source = "@a\n@b\ndef f(): pass";
    assert_eq!(
        first(Kind::Function, source),
        source,
        "from the first decorator"
    );
}

#[test]
fn classes() {
    assert_eq!(
        lowered(
            "@d\nclass A(B, *Cs, metaclass=M, **kw):\n  x: int = 1\n  @staticmethod\n  def f(): ..."
        ),
        concat!(
            r#"(Class "A" decorator:(Name "d") base:(Name "B") base:(Spread value:(Name "Cs")) "#,
            r#"arg:(KwArg "metaclass" value:(Name "M")) arg:(Spread+REST_KEYWORDS value:(Name "kw")) "#,
            r#"(Block (Assign target:(Name "x") type:(Name "int") value:(Num "1")) "#,
            r#"(Function+STATIC "f" decorator:(Name "staticmethod") (Block (ExprStmt value:(Other "..."))))))"#
        )
    );
    assert_eq!(lowered("class A: pass"), r#"(Class "A" (Block))"#);
}

#[test]
fn conditions_nest_their_elifs() {
    assert_eq!(
        lowered("if a: x\nelif b: y\nelif c: z\nelse: w"),
        concat!(
            r#"(If test:(Name "a") (Block (ExprStmt value:(Name "x"))) "#,
            r#"else:(If test:(Name "b") (Block (ExprStmt value:(Name "y"))) "#,
            r#"else:(If test:(Name "c") (Block (ExprStmt value:(Name "z"))) "#,
            r#"else:(Block (ExprStmt value:(Name "w"))))))"#
        )
    );
}

#[test]
fn loops() {
    assert_eq!(
        lowered("async def f():\n  async for a, b in c:\n    break\n  else:\n    d"),
        concat!(
            r#"(Function+ASYNC "f" (Block (For+ASYNC target:(List+TUPLE item:(Name "a") item:(Name "b")) "#,
            r#"iter:(Name "c") (Block (Break)) else:(Block (ExprStmt value:(Name "d"))))))"#
        )
    );
    assert_eq!(
        lowered("while x: continue\nelse: pass"),
        r#"(While test:(Name "x") (Block (Continue)) else:(Block))"#
    );
}

#[test]
fn with_and_try() {
    assert_eq!(
        lowered("with a() as b, c: pass"),
        concat!(
            r#"(With item:(WithItem value:(Call callee:(Name "a")) target:(Name "b")) "#,
            r#"item:(WithItem value:(Name "c")) (Block))"#
        )
    );
    assert!(lowered("async def f():\n  async with (a as b): pass").contains("(With+ASYNC item:"));
    assert_eq!(
        lowered("try: a\nexcept (E, F) as e: b\nexcept: pass\nelse: c\nfinally: d"),
        concat!(
            r#"(Try (Block (ExprStmt value:(Name "a"))) "#,
            r#"handler:(Handler "e" type:(List+TUPLE item:(Name "E") item:(Name "F")) (Block (ExprStmt value:(Name "b")))) "#,
            r#"handler:(Handler (Block)) else:(Block (ExprStmt value:(Name "c"))) "#,
            r#"finally:(Block (ExprStmt value:(Name "d"))))"#
        )
    );
    assert!(lowered("try: a\nexcept* E: b").contains("handler:(Handler type:(Name \"E\")"));
}

#[test]
fn small_statements() {
    assert_eq!(lowered("raise"), "(Raise)");
    assert_eq!(
        lowered("raise A from b"),
        r#"(Raise value:(Name "A") value:(Name "b"))"#
    );
    assert_eq!(
        lowered("del a, b[0]"),
        r#"(Delete target:(Name "a") target:(Index value:(Name "b") index:(Num "0")))"#
    );
    assert_eq!(
        lowered("assert a, 'm'"),
        r#"(Assert test:(Name "a") value:(Str "m"))"#
    );
    assert_eq!(
        lowered("def f():\n  global a, b\n  return"),
        r#"(Function "f" (Block (Global target:(Name "a") target:(Name "b")) (Return)))"#
    );
    assert!(
        lowered("def f():\n  x = 1\n  def g():\n    nonlocal x")
            .contains(r#"(Global+NONLOCAL target:(Name "x"))"#)
    );
    assert_eq!(lowered(""), "");
}

#[test]
fn imports_bind_what_python_binds() {
    for (source, expected) in [
        (
            "import a",
            r#"(Import "a" item:(ImportName target:(Name "a")))"#,
        ),
        (
            "import a.b",
            r#"(Import "a.b" item:(ImportName+TOP target:(Name "a")))"#,
        ),
        (
            "import a.b as c",
            r#"(Import "a.b" item:(ImportName target:(Name "c")))"#,
        ),
        (
            "import a, b.c",
            "(Import \"a\" item:(ImportName target:(Name \"a\")))\n(Import \"b.c\" item:(ImportName+TOP target:(Name \"b\")))",
        ),
        (
            "from a.b import c, d as e",
            r#"(Import "a.b" item:(ImportName "c" target:(Name "c")) item:(ImportName "d" target:(Name "e")))"#,
        ),
        (
            "from . import a",
            r#"(Import "." item:(ImportName "a" target:(Name "a")))"#,
        ),
        (
            "from ....a import b",
            r#"(Import "....a" item:(ImportName "b" target:(Name "b")))"#,
        ),
        ("from a import *", r#"(Import+STAR "a")"#),
    ] {
        assert_eq!(lowered(source), expected);
    }
}

#[test]
fn the_name_of_a_dotted_import_spans_its_first_segment() {
    let source = "import alpha . beta";
    assert_eq!(first(Kind::Name, source), "alpha");
}

#[test]
fn match_patterns_read_like_expressions() {
    assert_eq!(
        lowered("match v:\n  case 1 | None: a\n  case [x, *_] if x: pass\n  case _: b"),
        concat!(
            r#"(Switch value:(Name "v") case:(Case test:(Num "1") test:(Null) (Block (ExprStmt value:(Name "a")))) "#,
            r#"case:(Case test:(List item:(Name "x") item:(Spread)) test:(Name "x") (Block)) "#,
            r#"case:(Case (Block (ExprStmt value:(Name "b")))))"#
        )
    );
    assert_eq!(
        lowered("match v:\n  case {'k': (A(1, b=_) | c.D) as x, **r}: pass"),
        concat!(
            r#"(Switch value:(Name "v") case:(Case test:(Dict item:(Pair "k" value:(Assign target:(Name "x") "#,
            r#"value:(Logic "or" value:(Call callee:(Name "A") arg:(Num "1") arg:(KwArg "b" value:(Name "_"))) "#,
            r#"value:(Attr "D" value:(Name "c"))))) item:(Spread value:(Name "r"))) (Block)))"#
        )
    );
}
