//! Statements of Go and what they become.

use super::{Case, check};

#[test]
fn statements_keep_their_parts() {
    check(STATEMENTS);
}

const STATEMENTS: &[Case] = &[
    (
        "func f() { x := 1; x = 2; a, b := g(); c, d = d, c }",
        &[
            r#"(Function "f" (Block (Assign+DECLARE target:(Name "x") value:(Num "1")) (Assign target:(Name "x") value:(Num "2")) (Assign+DECLARE target:(List+TUPLE item:(Name "a") item:(Name "b")) value:(Call callee:(Name "g"))) (Assign target:(Name "c") value:(Name "d")) (Assign target:(Name "d") value:(Name "c"))))"#,
        ],
    ),
    (
        "func f() { x += 2; x++; y.z = 3 }",
        &[
            r#"(Function "f" (Block (AugAssign "+" target:(Name "x") value:(Num "2")) (ExprStmt value:(Unary "++" value:(Name "x"))) (Assign target:(Attr "z" value:(Name "y")) value:(Num "3"))))"#,
        ],
    ),
    (
        "func f() { if err := g(); err != nil { return err } else if ok { h() } else { k() } }",
        &[
            r#"(Function "f" (Block (If init:(Assign+DECLARE target:(Name "err") value:(Call callee:(Name "g"))) test:(Compare "!=" value:(Name "err") value:(Null)) (Block (Return value:(Name "err"))) else:(If test:(Name "ok") (Block (ExprStmt value:(Call callee:(Name "h")))) else:(Block (ExprStmt value:(Call callee:(Name "k"))))))))"#,
        ],
    ),
    (
        "func f() { if a, b := 1, 2; a < b { } }",
        &[
            r#"(Function "f" (Block (If init:(Block (Assign+DECLARE target:(Name "a") value:(Num "1")) (Assign+DECLARE target:(Name "b") value:(Num "2"))) test:(Compare "<" value:(Name "a") value:(Name "b")) (Block))))"#,
        ],
    ),
    (
        "func f() { for { break }; for x < 1 { continue } }",
        &[
            r#"(Function "f" (Block (While (Block (Break))) (While test:(Compare "<" value:(Name "x") value:(Num "1")) (Block (Continue)))))"#,
        ],
    ),
    (
        "func f() { for i := 0; i < n; i++ { g(i) } }",
        &[
            r#"(Function "f" (Block (CFor init:(Assign+DECLARE target:(Name "i") value:(Num "0")) test:(Compare "<" value:(Name "i") value:(Name "n")) step:(Unary "++" value:(Name "i")) (Block (ExprStmt value:(Call callee:(Name "g") arg:(Name "i")))))))"#,
        ],
    ),
    (
        "func f() { for i, v := range xs { g(v) }; for range ch { }; for k = range m { }; for i := range 10 {} }",
        &[
            r#"(Function "f" (Block (For target:(Name "i") target:(Name "v") iter:(Name "xs") (Block (ExprStmt value:(Call callee:(Name "g") arg:(Name "v"))))) (For iter:(Name "ch") (Block)) (For target:(Name "k") iter:(Name "m") (Block)) (For target:(Name "i") iter:(Num "10") (Block))))"#,
        ],
    ),
    (
        "func f() { L: for { break L; continue L; goto L } }",
        &[r#"(Function "f" (Block (While (Block (Break+LABELLED) (Continue) (Other)))))"#],
    ),
    (
        "func f() { switch x := g(); x { case 1, 2: a(); fallthrough; case 3: default: b() } }",
        &[
            r#"(Function "f" (Block (Switch init:(Assign+DECLARE target:(Name "x") value:(Call callee:(Name "g"))) value:(Name "x") case:(Case test:(Num "1") test:(Num "2") (Block (ExprStmt value:(Call callee:(Name "a"))) (Other))) case:(Case test:(Num "3") (Block)) case:(Case (Block (ExprStmt value:(Call callee:(Name "b"))))))))"#,
        ],
    ),
    (
        "func f() { switch { case x > 1: a() } }",
        &[
            r#"(Function "f" (Block (Switch case:(Case test:(Compare ">" value:(Name "x") value:(Num "1")) (Block (ExprStmt value:(Call callee:(Name "a"))))))))"#,
        ],
    ),
    (
        "func f() { switch v := x.(type) { case int, *T: a(v); case nil: default: } }",
        &[
            r#"(Function "f" (Block (Switch value:(Assign+DECLARE target:(Name "v") value:(Name "x")) case:(Case test:(Name "int") test:(Name "T") (Block (ExprStmt value:(Call callee:(Name "a") arg:(Name "v"))))) case:(Case test:(Null) (Block)) case:(Case (Block)))))"#,
        ],
    ),
    (
        "func f() { switch x.(type) { case error: } }",
        &[
            r#"(Function "f" (Block (Switch value:(Name "x") case:(Case test:(Name "error") (Block)))))"#,
        ],
    ),
    (
        "func f() { select { case v, ok := <-ch: a(v); default: } }",
        &[
            r#"(Function "f" (Block (Switch+SELECT case:(Case test:(Assign+DECLARE target:(List+TUPLE item:(Name "v") item:(Name "ok")) value:(Unary "<-" value:(Name "ch"))) (Block (ExprStmt value:(Call callee:(Name "a") arg:(Name "v"))))) case:(Case (Block)))))"#,
        ],
    ),
    (
        "func f() { select { case <-done: return; case out <- 1: b() } }",
        &[
            r#"(Function "f" (Block (Switch+SELECT case:(Case test:(Unary "<-" value:(Name "done")) (Block (Return))) case:(Case test:(Binary "<-" value:(Name "out") value:(Num "1")) (Block (ExprStmt value:(Call callee:(Name "b"))))))))"#,
        ],
    ),
    (
        "func f() { go func() { g() }(); defer mu.Unlock(); ch <- v; <-ch; return }",
        &[
            r#"(Function "f" (Block (Go value:(Call callee:(Function+LAMBDA (Block (ExprStmt value:(Call callee:(Name "g"))))))) (Defer value:(Call callee:(Attr "Unlock" value:(Name "mu")))) (ExprStmt value:(Binary "<-" value:(Name "ch") value:(Name "v"))) (ExprStmt value:(Unary "<-" value:(Name "ch"))) (Return)))"#,
        ],
    ),
    (
        "func f() { { a() }; var x int }",
        &[
            r#"(Function "f" (Block (Block (ExprStmt value:(Call callee:(Name "a")))) (Assign+DECLARE target:(Name "x") type:(Name "int"))))"#,
        ],
    ),
];
