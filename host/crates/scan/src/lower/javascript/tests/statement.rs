//! Statements of JavaScript and what they become.

use super::{Case, check};

#[test]
fn statements_keep_their_parts_and_bodies_are_blocks() {
    check(STATEMENTS);
}

#[test]
fn each_variable_is_an_assignment_and_names_the_function_it_holds() {
    check(VARIABLES);
}

const STATEMENTS: &[Case] = &[
    (
        "a.js",
        r#""use strict"; f();"#,
        &[
            r#"(ExprStmt value:(Str "use strict"))"#,
            r#"(ExprStmt value:(Call callee:(Name "f")))"#,
        ],
    ),
    (
        "a.js",
        "if (a) b(); else if (c) { d() } else e()",
        &[
            r#"(If test:(Name "a") (Block (ExprStmt value:(Call callee:(Name "b")))) else:(If test:(Name "c") (Block (ExprStmt value:(Call callee:(Name "d")))) else:(Block (ExprStmt value:(Call callee:(Name "e"))))))"#,
        ],
    ),
    (
        "a.js",
        "for (let i = 0, n = 3; i < n; i++) go(i)",
        &[
            r#"(CFor init:(Block (Assign+DECLARE target:(Name "i") value:(Num "0")) (Assign+DECLARE target:(Name "n") value:(Num "3"))) test:(Compare "<" value:(Name "i") value:(Name "n")) step:(Unary "++" value:(Name "i")) (Block (ExprStmt value:(Call callee:(Name "go") arg:(Name "i")))))"#,
        ],
    ),
    (
        "a.js",
        "for (i = 0;;) {}",
        &[r#"(CFor init:(Assign target:(Name "i") value:(Num "0")) (Block))"#],
    ),
    (
        "a.js",
        "for (const [k, v] of m) f(k)",
        &[
            r#"(For target:(List item:(Name "k") item:(Name "v")) iter:(Name "m") (Block (ExprStmt value:(Call callee:(Name "f") arg:(Name "k")))))"#,
        ],
    ),
    (
        "a.js",
        "async () => { for await (const x of xs) f(x) }",
        &[
            r#"(ExprStmt value:(Function+ASYNC+LAMBDA (Block (For+ASYNC target:(Name "x") iter:(Name "xs") (Block (ExprStmt value:(Call callee:(Name "f") arg:(Name "x"))))))))"#,
        ],
    ),
    (
        "a.js",
        "for (key in o) ;",
        &[r#"(For+KEYS target:(Name "key") iter:(Name "o") (Block))"#],
    ),
    (
        "a.js",
        "while (a) { break } do { continue } while (b)",
        &[
            r#"(While test:(Name "a") (Block (Break)))"#,
            r#"(While+DO test:(Name "b") (Block (Continue)))"#,
        ],
    ),
    (
        "a.js",
        "outer: for (;;) { break outer }",
        &["(CFor (Block (Break+LABELLED)))"],
    ),
    (
        "a.js",
        "switch (x) { case 1: case 2: f(); break; default: g() }",
        &[
            r#"(Switch value:(Name "x") case:(Case test:(Num "1") test:(Num "2") (Block (ExprStmt value:(Call callee:(Name "f"))) (Break))) case:(Case (Block (ExprStmt value:(Call callee:(Name "g"))))))"#,
        ],
    ),
    (
        "a.js",
        "switch (x) { case 1: default: g() }",
        &[
            r#"(Switch value:(Name "x") case:(Case test:(Num "1") (Block)) case:(Case (Block (ExprStmt value:(Call callee:(Name "g"))))))"#,
        ],
    ),
    (
        "a.js",
        "try { f() } catch (e) { g(e) } finally { h() }",
        &[
            r#"(Try (Block (ExprStmt value:(Call callee:(Name "f")))) handler:(Handler "e" (Block (ExprStmt value:(Call callee:(Name "g") arg:(Name "e"))))) finally:(Block (ExprStmt value:(Call callee:(Name "h")))))"#,
        ],
    ),
    (
        "a.js",
        "try { f() } catch { }",
        &[r#"(Try (Block (ExprStmt value:(Call callee:(Name "f")))) handler:(Handler (Block)))"#],
    ),
    (
        "a.js",
        "try { f() } catch ({ message }) { g(message) }",
        &[
            r#"(Try (Block (ExprStmt value:(Call callee:(Name "f")))) handler:(Handler target:(Dict item:(Pair+SHORTHAND "message" value:(Name "message"))) (Block (ExprStmt value:(Call callee:(Name "g") arg:(Name "message"))))))"#,
        ],
    ),
    (
        "a.js",
        "with (o) { f() }",
        &[
            r#"(With item:(WithItem value:(Name "o")) (Block (ExprStmt value:(Call callee:(Name "f")))))"#,
        ],
    ),
    (
        "a.js",
        r#"throw new Error("x");"#,
        &[r#"(Raise value:(Call+NEW callee:(Name "Error") arg:(Str "x")))"#],
    ),
    (
        "a.js",
        "{ let a } debugger;",
        &[r#"(Block (Assign+DECLARE target:(Name "a")))"#, "(Other)"],
    ),
    ("a.js", "return 1", &[r#"(Return value:(Num "1"))"#]),
];

const VARIABLES: &[Case] = &[
    (
        "a.js",
        "const a = 1, b = 2",
        &[
            r#"(Assign+CONST+DECLARE target:(Name "a") value:(Num "1"))"#,
            r#"(Assign+CONST+DECLARE target:(Name "b") value:(Num "2"))"#,
        ],
    ),
    (
        "a.js",
        "let x; var y = z",
        &[
            r#"(Assign+DECLARE target:(Name "x"))"#,
            r#"(Assign+DECLARE target:(Name "y") value:(Name "z"))"#,
        ],
    ),
    (
        "a.js",
        "const f = async (x) => x + 1",
        &[
            r#"(Assign+CONST+DECLARE target:(Name "f") value:(Function+ASYNC+LAMBDA "f" param:(Param "x") (Block (Return value:(Binary "+" value:(Name "x") value:(Num "1"))))))"#,
        ],
    ),
    (
        "a.js",
        "const g = function own() {}, h = class {}",
        &[
            r#"(Assign+CONST+DECLARE target:(Name "g") value:(Function+LAMBDA "g" (Block)))"#,
            r#"(Assign+CONST+DECLARE target:(Name "h") value:(Class "h" (Block)))"#,
        ],
    ),
    (
        "a.js",
        "const { a, b: c, d = 1, ...rest } = o",
        &[
            r#"(Assign+CONST+DECLARE target:(Dict item:(Pair+SHORTHAND "a" value:(Name "a")) item:(Pair "b" value:(Name "c")) item:(Pair+SHORTHAND "d" value:(Assign target:(Name "d") value:(Num "1"))) item:(Spread value:(Name "rest"))) value:(Name "o"))"#,
        ],
    ),
    (
        "a.js",
        "const [a, , [b = 2], ...c] = xs",
        &[
            r#"(Assign+CONST+DECLARE target:(List item:(Name "a") item:(Null) item:(List item:(Assign target:(Name "b") value:(Num "2"))) item:(Spread value:(Name "c"))) value:(Name "xs"))"#,
        ],
    ),
    (
        "a.ts",
        "const x: Promise<User[]> = f(), y!: string",
        &[
            r#"(Assign+CONST+DECLARE target:(Name "x") type:(Index value:(Name "Promise") index:(Index value:(Name "Array") index:(Name "User"))) value:(Call callee:(Name "f")))"#,
            r#"(Assign+CONST+DECLARE target:(Name "y") type:(Name "string"))"#,
        ],
    ),
    (
        "a.js",
        "a = b = c; a.b = () => 1; exports.h = function () {}",
        &[
            r#"(Assign target:(Name "a") target:(Name "b") value:(Name "c"))"#,
            r#"(Assign target:(Attr "b" value:(Name "a")) value:(Function+LAMBDA "b" (Block (Return value:(Num "1")))))"#,
            r#"(Assign target:(Attr "h" value:(Name "exports")) value:(Function+LAMBDA "h" (Block)))"#,
        ],
    ),
    (
        "a.js",
        "[a, b] = [b, a]; ({ a, b: c.d = 1, ...e } = o)",
        &[
            r#"(Assign target:(List item:(Name "a") item:(Name "b")) value:(List item:(Name "b") item:(Name "a")))"#,
            r#"(Assign target:(Dict item:(Pair+SHORTHAND "a" value:(Name "a")) item:(Pair "b" value:(Assign target:(Attr "d" value:(Name "c")) value:(Num "1"))) item:(Spread value:(Name "e"))) value:(Name "o"))"#,
        ],
    ),
    (
        "a.js",
        "x += 1; y ||= 2; i++",
        &[
            r#"(AugAssign "+" target:(Name "x") value:(Num "1"))"#,
            r#"(AugAssign "||" target:(Name "y") value:(Num "2"))"#,
            r#"(ExprStmt value:(Unary "++" value:(Name "i")))"#,
        ],
    ),
];
