//! Expressions of Go and what they become.

use super::{Case, check};

#[test]
fn expressions_take_their_neutral_forms() {
    check(EXPRESSIONS);
}

const EXPRESSIONS: &[Case] = &[
    (
        "var x = a.b.c(d, e...)",
        &[
            r#"(Assign+DECLARE target:(Name "x") value:(Call callee:(Attr "c" value:(Attr "b" value:(Name "a"))) arg:(Name "d") arg:(Spread value:(Name "e"))))"#,
        ],
    ),
    (
        "var x = a[0] + b[1:2] - c[:] * d[1:2:3]",
        &[
            r#"(Assign+DECLARE target:(Name "x") value:(Binary "-" value:(Binary "+" value:(Index value:(Name "a") index:(Num "0")) value:(Index value:(Name "b") index:(Slice lower:(Num "1") upper:(Num "2")))) value:(Binary "*" value:(Index value:(Name "c") index:(Slice)) value:(Index value:(Name "d") index:(Slice lower:(Num "1") upper:(Num "2") step:(Num "3"))))))"#,
        ],
    ),
    (
        "var x = !a && b || c && d && e",
        &[
            r#"(Assign+DECLARE target:(Name "x") value:(Logic "or" value:(Logic "and" value:(Unary "not" value:(Name "a")) value:(Name "b")) value:(Logic "and" value:(Name "c") value:(Name "d") value:(Name "e"))))"#,
        ],
    ),
    (
        "var x = a == b || c <= d",
        &[
            r#"(Assign+DECLARE target:(Name "x") value:(Logic "or" value:(Compare "==" value:(Name "a") value:(Name "b")) value:(Compare "<=" value:(Name "c") value:(Name "d"))))"#,
        ],
    ),
    (
        "var x = -a ^ ^b &^ c << 2",
        &[
            r#"(Assign+DECLARE target:(Name "x") value:(Binary "^" value:(Unary "-" value:(Name "a")) value:(Binary "<<" value:(Binary "&^" value:(Unary "~" value:(Name "b")) value:(Name "c")) value:(Num "2"))))"#,
        ],
    ),
    (
        r#"var x = &T{A: 1, B: "x"}"#,
        &[
            r#"(Assign+DECLARE target:(Name "x") value:(Call+COMPOSITE callee:(Name "T") arg:(KwArg "A" value:(Num "1")) arg:(KwArg "B" value:(Str "x"))))"#,
        ],
    ),
    (
        "var x = []T{{A: 1}, {B: 2}, *p}",
        &[
            r#"(Assign+DECLARE target:(Name "x") value:(List "T" item:(Call+COMPOSITE callee:(Name "T") arg:(KwArg "A" value:(Num "1"))) item:(Call+COMPOSITE callee:(Name "T") arg:(KwArg "B" value:(Num "2"))) item:(Name "p")))"#,
        ],
    ),
    (
        "var x = []*pkg.T{{1, 2}}",
        &[
            r#"(Assign+DECLARE target:(Name "x") value:(List "pkg.T" item:(Call+COMPOSITE callee:(Attr "T" value:(Name "pkg")) arg:(Num "1") arg:(Num "2"))))"#,
        ],
    ),
    (
        r#"var x = map[string][]int{"a": {1}, k: {2}, 3: nil}"#,
        &[
            r#"(Assign+DECLARE target:(Name "x") value:(Dict item:(Pair "a" value:(List item:(Num "1"))) item:(Pair+COMPUTED key:(Name "k") value:(List item:(Num "2"))) item:(Pair "3" value:(Null))))"#,
        ],
    ),
    (
        "var x = map[Key]Value{{1}: {A: 2}}",
        &[
            r#"(Assign+DECLARE target:(Name "x") value:(Dict "Value" item:(Pair+COMPUTED key:(Call+COMPOSITE callee:(Name "Key") arg:(Num "1")) value:(Call+COMPOSITE callee:(Name "Value") arg:(KwArg "A" value:(Num "2"))))))"#,
        ],
    ),
    (
        r#"var x = [...]string{0: "a", 2: "b"}"#,
        &[r#"(Assign+DECLARE target:(Name "x") value:(List item:(Str "a") item:(Str "b")))"#],
    ),
    (
        "var x = []*Box[int]{}; var y = map[string]pkg.T{}; var z = [][]T{}; var w = []any{}",
        &[
            r#"(Assign+DECLARE target:(Name "x") value:(List "Box"))"#,
            r#"(Assign+DECLARE target:(Name "y") value:(Dict "pkg.T"))"#,
            r#"(Assign+DECLARE target:(Name "z") value:(List))"#,
            r#"(Assign+DECLARE target:(Name "w") value:(List))"#,
        ],
    ),
    (
        "var x = pkg.T{Inner: pkg.U{}, F: func() {}}",
        &[
            r#"(Assign+DECLARE target:(Name "x") value:(Call+COMPOSITE callee:(Attr "T" value:(Name "pkg")) arg:(KwArg "Inner" value:(Call+COMPOSITE callee:(Attr "U" value:(Name "pkg")))) arg:(KwArg "F" value:(Function+LAMBDA "F" (Block)))))"#,
        ],
    ),
    (
        r#"var x = Named{"k": 1}"#,
        &[
            r#"(Assign+DECLARE target:(Name "x") value:(Call+COMPOSITE callee:(Name "Named") arg:(Pair "k" value:(Num "1"))))"#,
        ],
    ),
    (
        "var x = List[int]{1}",
        &[
            r#"(Assign+DECLARE target:(Name "x") value:(Call+COMPOSITE callee:(Name "List") arg:(Num "1")))"#,
        ],
    ),
    (
        r#"var x = []struct{ n string }{{"a"}, {n: "b"}}"#,
        &[
            r#"(Assign+DECLARE target:(Name "x") value:(List item:(Call+COMPOSITE arg:(Str "a")) item:(Call+COMPOSITE arg:(KwArg "n" value:(Str "b")))))"#,
        ],
    ),
    (
        r#"var x = []byte("s"); var y = y.(*sql.DB); var z = (*T)(nil); var w = make([]T, 0, n); var v = new(pkg.T)"#,
        &[
            r#"(Assign+DECLARE target:(Name "x") value:(Call+COMPOSITE callee:(Index value:(Name "slice") index:(Name "byte")) arg:(Str "s")))"#,
            r#"(Assign+DECLARE target:(Name "y") value:(Call+COMPOSITE callee:(Attr "DB" value:(Name "sql")) arg:(Name "y")))"#,
            r#"(Assign+DECLARE target:(Name "z") value:(Call callee:(Name "T") arg:(Null)))"#,
            r#"(Assign+DECLARE target:(Name "w") value:(Call callee:(Name "make") arg:(Index value:(Name "slice") index:(Name "T")) arg:(Num "0") arg:(Name "n")))"#,
            r#"(Assign+DECLARE target:(Name "v") value:(Call callee:(Name "new") arg:(Attr "T" value:(Name "pkg"))))"#,
        ],
    ),
    (
        "var x = f[int](1); var y = func(a int) error { return nil }",
        &[
            r#"(Assign+DECLARE target:(Name "x") value:(Call callee:(Name "f") arg:(Num "1")))"#,
            r#"(Assign+DECLARE target:(Name "y") value:(Function+LAMBDA "y" param:(Param "a" type:(Name "int")) returns:(Name "error") (Block (Return value:(Null)))))"#,
        ],
    ),
    (
        r#"var x, y, z = 'a', `raw\n`, "esc\t\u00e9""#,
        &[
            r#"(Assign+DECLARE target:(Name "x") value:(Str "a"))"#,
            r#"(Assign+DECLARE target:(Name "y") value:(Str "raw\\n"))"#,
            r#"(Assign+DECLARE target:(Name "z") value:(Str "esc\té"))"#,
        ],
    ),
    (
        "var x = 1_000 + 0x1F + 1.5e3 + 2i",
        &[
            r#"(Assign+DECLARE target:(Name "x") value:(Binary "+" value:(Binary "+" value:(Binary "+" value:(Num "1000") value:(Num "0x1F")) value:(Num "1.5e3")) value:(Num "2i")))"#,
        ],
    ),
    (
        "var x = <-ch; var y = (a + b) * c; var t, u = true, nil",
        &[
            r#"(Assign+DECLARE target:(Name "x") value:(Unary "<-" value:(Name "ch")))"#,
            r#"(Assign+DECLARE target:(Name "y") value:(Binary "*" value:(Binary "+" value:(Name "a") value:(Name "b")) value:(Name "c")))"#,
            r#"(Assign+DECLARE target:(Name "t") value:(Bool "true"))"#,
            r#"(Assign+DECLARE target:(Name "u") value:(Null))"#,
        ],
    ),
];
