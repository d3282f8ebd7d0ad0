//! Expressions of JavaScript and TypeScript and what they become.

use super::{Case, check};

#[test]
fn expressions_take_their_neutral_forms() {
    check(EXPRESSIONS);
}

#[test]
fn elements_have_attributes_as_named_arguments() {
    check(JSX);
}

#[test]
fn types_take_the_forms_of_expressions() {
    check(TYPES);
}

const EXPRESSIONS: &[Case] = &[
    (
        "a.js",
        "a.b.c(d)[e]?.f?.(g)",
        &[
            r#"(ExprStmt value:(Call+OPTIONAL callee:(Attr+OPTIONAL "f" value:(Index value:(Call callee:(Attr "c" value:(Attr "b" value:(Name "a"))) arg:(Name "d")) index:(Name "e"))) arg:(Name "g")))"#,
        ],
    ),
    (
        "a.js",
        "new Foo(1).bar(); new Baz",
        &[
            r#"(ExprStmt value:(Call callee:(Attr "bar" value:(Call+NEW callee:(Name "Foo") arg:(Num "1")))))"#,
            r#"(ExprStmt value:(Call+NEW callee:(Name "Baz")))"#,
        ],
    ),
    (
        "a.js",
        "f(...xs, ...ys)",
        &[
            r#"(ExprStmt value:(Call callee:(Name "f") arg:(Spread value:(Name "xs")) arg:(Spread value:(Name "ys"))))"#,
        ],
    ),
    (
        "a.js",
        "a && b && c || d ?? e",
        &[
            r#"(ExprStmt value:(Logic "??" value:(Logic "or" value:(Logic "and" value:(Name "a") value:(Name "b") value:(Name "c")) value:(Name "d")) value:(Name "e")))"#,
        ],
    ),
    (
        "a.js",
        "(a || b) || c",
        &[r#"(ExprStmt value:(Logic "or" value:(Name "a") value:(Name "b") value:(Name "c")))"#],
    ),
    (
        "a.js",
        "a + b * c - d",
        &[
            r#"(ExprStmt value:(Binary "-" value:(Binary "+" value:(Name "a") value:(Binary "*" value:(Name "b") value:(Name "c"))) value:(Name "d")))"#,
        ],
    ),
    (
        "a.js",
        "a === b; c in d; e instanceof F; g < h",
        &[
            r#"(ExprStmt value:(Compare "===" value:(Name "a") value:(Name "b")))"#,
            r#"(ExprStmt value:(Compare "in" value:(Name "c") value:(Name "d")))"#,
            r#"(ExprStmt value:(Compare "instanceof" value:(Name "e") value:(Name "F")))"#,
            r#"(ExprStmt value:(Compare "<" value:(Name "g") value:(Name "h")))"#,
        ],
    ),
    (
        "a.js",
        "class A { #p; has(o) { return #p in o } }",
        &[
            r##"(Class "A" (Block (Assign+PRIVATE target:(Name "#p")) (Function "has" param:(Param "o") (Block (Return value:(Compare "in" value:(Name "#p") value:(Name "o")))))))"##,
        ],
    ),
    (
        "a.js",
        "!a; -b; typeof c; void 0; delete d.e; ~f",
        &[
            r#"(ExprStmt value:(Unary "not" value:(Name "a")))"#,
            r#"(ExprStmt value:(Unary "-" value:(Name "b")))"#,
            r#"(ExprStmt value:(Unary "typeof" value:(Name "c")))"#,
            r#"(ExprStmt value:(Unary "void" value:(Num "0")))"#,
            r#"(ExprStmt value:(Unary "delete" value:(Attr "e" value:(Name "d"))))"#,
            r#"(ExprStmt value:(Unary "~" value:(Name "f")))"#,
        ],
    ),
    (
        "a.js",
        "a ? b : c ? d : e",
        &[
            r#"(ExprStmt value:(Conditional test:(Name "a") (Name "b") else:(Conditional test:(Name "c") (Name "d") else:(Name "e"))))"#,
        ],
    ),
    (
        "a.js",
        "a, b",
        &[r#"(ExprStmt value:(Other value:(Name "a") value:(Name "b")))"#],
    ),
    (
        "a.js",
        "[1, , 2]",
        &[r#"(ExprStmt value:(List item:(Num "1") item:(Null) item:(Num "2")))"#],
    ),
    (
        "a.js",
        "this.x; super.y; undefined; null; true; false",
        &[
            r#"(ExprStmt value:(Attr "x" value:(Name "this")))"#,
            r#"(ExprStmt value:(Attr "y" value:(Name "super")))"#,
            "(ExprStmt value:(Null))",
            "(ExprStmt value:(Null))",
            r#"(ExprStmt value:(Bool "true"))"#,
            r#"(ExprStmt value:(Bool "false"))"#,
        ],
    ),
    (
        "a.js",
        r"1_000; 0xff; 10n; 1.5e3; /a\/b/gi",
        &[
            r#"(ExprStmt value:(Num "1000"))"#,
            r#"(ExprStmt value:(Num "0xff"))"#,
            r#"(ExprStmt value:(Num "10n"))"#,
            r#"(ExprStmt value:(Num "1.5e3"))"#,
            r#"(ExprStmt value:(Other "/a\\/b/gi"))"#,
        ],
    ),
    (
        "a.js",
        r#""a\n\u{41}"; 'it\'s'; `plain`; `a ${b} c ${d.e}`"#,
        &[
            r#"(ExprStmt value:(Str "a\nA"))"#,
            r#"(ExprStmt value:(Str "it's"))"#,
            r#"(ExprStmt value:(Str "plain"))"#,
            r#"(ExprStmt value:(Template "a {} c {}" item:(Name "b") item:(Attr "e" value:(Name "d"))))"#,
        ],
    ),
    (
        "a.js",
        "sql`select ${x} from t`; html`x`",
        &[
            r#"(ExprStmt value:(Call+TAGGED callee:(Name "sql") arg:(Template "select {} from t" item:(Name "x"))))"#,
            r#"(ExprStmt value:(Call+TAGGED callee:(Name "html") arg:(Str "x")))"#,
        ],
    ),
    (
        "a.js",
        "import.meta.url; new.target",
        &[
            r#"(ExprStmt value:(Attr "url" value:(Attr "meta" value:(Name "import"))))"#,
            r#"(ExprStmt value:(Attr "target" value:(Name "new")))"#,
        ],
    ),
    (
        "a.js",
        r#"({ a, b: 1, "c d": 2, 3: 4, [e]: 5, ["f"]: 6, ...j })"#,
        &[
            r#"(ExprStmt value:(Dict item:(Pair+SHORTHAND "a" value:(Name "a")) item:(Pair "b" value:(Num "1")) item:(Pair "c d" value:(Num "2")) item:(Pair "3" value:(Num "4")) item:(Pair+COMPUTED key:(Name "e") value:(Num "5")) item:(Pair+COMPUTED "f" key:(Str "f") value:(Num "6")) item:(Spread value:(Name "j"))))"#,
        ],
    ),
    (
        "a.js",
        "({ g() {}, get h() { return 1 }, async *[i]() {}, k: () => 1, l: class {} })",
        &[
            r#"(ExprStmt value:(Dict item:(Function+LAMBDA+METHOD "g" (Block)) item:(Function+LAMBDA+METHOD "h" (Block (Return value:(Num "1")))) item:(Pair+COMPUTED key:(Name "i") value:(Function+ASYNC+GENERATOR+LAMBDA+METHOD "[i]" (Block))) item:(Pair "k" value:(Function+LAMBDA "k" (Block (Return value:(Num "1"))))) item:(Pair "l" value:(Class "l" (Block)))))"#,
        ],
    ),
    (
        "a.ts",
        "(a as B).c; d!.e; <F>g; h satisfies I; j<K>(l); (m as any as N)",
        &[
            r#"(ExprStmt value:(Attr "c" value:(Name "a")))"#,
            r#"(ExprStmt value:(Attr "e" value:(Name "d")))"#,
            r#"(ExprStmt value:(Name "g"))"#,
            r#"(ExprStmt value:(Name "h"))"#,
            r#"(ExprStmt value:(Call callee:(Name "j") arg:(Name "l")))"#,
            r#"(ExprStmt value:(Name "m"))"#,
        ],
    ),
    (
        "a.js",
        "async () => { await a.b(); const c = await d }",
        &[
            r#"(ExprStmt value:(Function+ASYNC+LAMBDA (Block (ExprStmt value:(Await value:(Call callee:(Attr "b" value:(Name "a"))))) (Assign+CONST+DECLARE target:(Name "c") value:(Await value:(Name "d"))))))"#,
        ],
    ),
    (
        "a.js",
        "promise.then(r => r.json()).catch(() => null)",
        &[
            r#"(ExprStmt value:(Call callee:(Attr "catch" value:(Call callee:(Attr "then" value:(Name "promise")) arg:(Function+LAMBDA param:(Param "r") (Block (Return value:(Call callee:(Attr "json" value:(Name "r")))))))) arg:(Function+LAMBDA (Block (Return value:(Null))))))"#,
        ],
    ),
    (
        "a.js",
        "(a.b).c; ((f))(x)",
        &[
            r#"(ExprStmt value:(Attr "c" value:(Attr "b" value:(Name "a"))))"#,
            r#"(ExprStmt value:(Call callee:(Name "f") arg:(Name "x")))"#,
        ],
    ),
];

const JSX: &[Case] = &[
    (
        "a.jsx",
        r#"<div className="a &amp; b" {...rest} onClick={() => f()} disabled>text {x} <b/>{/* no */}{...ys}</div>"#,
        &[
            r#"(ExprStmt value:(Jsx "div" arg:(KwArg "className" value:(Str "a & b")) arg:(Spread value:(Name "rest")) arg:(KwArg "onClick" value:(Function+LAMBDA "onClick" (Block (Return value:(Call callee:(Name "f")))))) arg:(KwArg "disabled") item:(Name "x") item:(Jsx "b") item:(Spread value:(Name "ys"))))"#,
        ],
    ),
    (
        "a.tsx",
        r#"<><Foo.Bar a={<i/>} svg:x="1" /></>"#,
        &[
            r#"(ExprStmt value:(Jsx item:(Jsx "Foo.Bar" arg:(KwArg "a" value:(Jsx "i")) arg:(KwArg "svg:x" value:(Str "1")))))"#,
        ],
    ),
    (
        "a.tsx",
        "const x = <T,>(y: T) => <p>{y}</p>",
        &[
            r#"(Assign+CONST+DECLARE target:(Name "x") value:(Function+LAMBDA "x" param:(Param "y" type:(Name "T")) (Block (Return value:(Jsx "p" item:(Name "y"))))))"#,
        ],
    ),
];

const TYPES: &[Case] = &[
    (
        "a.ts",
        "let a: string | null | undefined",
        &[
            r#"(Assign+DECLARE target:(Name "a") type:(Binary "|" value:(Binary "|" value:(Name "string") value:(Null)) value:(Null)))"#,
        ],
    ),
    (
        "a.ts",
        r#"let a: A & B, b: [A, b?: B, ...C[]], c: D["k"][], e: readonly F[]"#,
        &[
            r#"(Assign+DECLARE target:(Name "a") type:(Binary "&" value:(Name "A") value:(Name "B")))"#,
            r#"(Assign+DECLARE target:(Name "b") type:(List+TUPLE item:(Name "A") item:(Name "B") item:(Spread value:(Index value:(Name "Array") index:(Name "C")))))"#,
            r#"(Assign+DECLARE target:(Name "c") type:(Index value:(Name "Array") index:(Index+PROPERTY value:(Name "D") index:(Type "k"))))"#,
            r#"(Assign+DECLARE target:(Name "e") type:(Index value:(Name "Array") index:(Name "F")))"#,
        ],
    ),
    (
        "a.ts",
        r#"let a: Map<string, A.B<C>>, b: typeof x.y, c: keyof D, e: "lit" | 1 | true | -1"#,
        &[
            r#"(Assign+DECLARE target:(Name "a") type:(Index value:(Name "Map") index:(List+TUPLE item:(Name "string") item:(Index value:(Attr "B" value:(Name "A")) index:(Name "C")))))"#,
            r#"(Assign+DECLARE target:(Name "b") type:(Unary "typeof" value:(Attr "y" value:(Name "x"))))"#,
            r#"(Assign+DECLARE target:(Name "c") type:(Unary "keyof" value:(Name "D")))"#,
            r#"(Assign+DECLARE target:(Name "e") type:(Binary "|" value:(Binary "|" value:(Binary "|" value:(Type "lit") value:(Type "1")) value:(Type "true")) value:(Type "-1")))"#,
        ],
    ),
    (
        "a.ts",
        "let a: (x: A, ...y: B[]) => C, b: new () => D, c: { p: A; q?(z: B): C; [k: string]: D }",
        &[
            r#"(Assign+DECLARE target:(Name "a") type:(Type arg:(Name "A") arg:(Index value:(Name "Array") index:(Name "B")) returns:(Name "C")))"#,
            r#"(Assign+DECLARE target:(Name "b") type:(Type returns:(Name "D")))"#,
            r#"(Assign+DECLARE target:(Name "c") type:(Type item:(Pair "p" value:(Name "A")) item:(Pair "q" value:(Type arg:(Name "B") returns:(Name "C"))) item:(Other type:(Name "D"))))"#,
        ],
    ),
    (
        "a.ts",
        r#"let a: A extends B ? C : D, b: { [K in keyof T]?: U }, c: `x${A}`, e: import("m").N, f: this, g: unique symbol, h: A[][]"#,
        &[
            r#"(Assign+DECLARE target:(Name "a") type:(Type type:(Name "A") type:(Name "B") type:(Name "C") type:(Name "D")))"#,
            r#"(Assign+DECLARE target:(Name "b") type:(Type type:(Unary "keyof" value:(Name "T")) type:(Name "U")))"#,
            r#"(Assign+DECLARE target:(Name "c") type:(Type "x{}" type:(Name "A")))"#,
            r#"(Assign+DECLARE target:(Name "e") type:(Type "m"))"#,
            r#"(Assign+DECLARE target:(Name "f") type:(Name "this"))"#,
            r#"(Assign+DECLARE target:(Name "g") type:(Name "symbol"))"#,
            r#"(Assign+DECLARE target:(Name "h") type:(Index value:(Name "Array") index:(Index value:(Name "Array") index:(Name "A"))))"#,
        ],
    ),
    (
        "a.ts",
        "function f(x: unknown): x is string { return true }",
        &[
            r#"(Function "f" param:(Param "x" type:(Name "unknown")) returns:(Type type:(Name "string")) (Block (Return value:(Bool "true"))))"#,
        ],
    ),
];
