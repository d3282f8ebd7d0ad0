//! Functions, classes and types that are declared in JavaScript and TypeScript, and what they become.

use super::{Case, check};

#[test]
fn functions_keep_parameters_types_and_modifiers() {
    check(FUNCTIONS);
}

#[test]
fn classes_interfaces_and_enumerations_keep_their_members() {
    check(CLASSES);
}

const FUNCTIONS: &[Case] = &[
    (
        "a.js",
        "function f(a, b = 1, { c, d } = {}, ...rest) { return a }",
        &[
            r#"(Function "f" param:(Param "a") param:(Param "b" default:(Num "1")) param:(Param default:(Dict) target:(Dict item:(Pair+SHORTHAND "c" value:(Name "c")) item:(Pair+SHORTHAND "d" value:(Name "d")))) param:(Param+REST "rest") (Block (Return value:(Name "a"))))"#,
        ],
    ),
    (
        "a.js",
        "async function* f() { yield* g(); yield 1; await h() }",
        &[
            r#"(Function+ASYNC+GENERATOR "f" (Block (ExprStmt value:(Yield+FROM value:(Call callee:(Name "g")))) (ExprStmt value:(Yield value:(Num "1"))) (ExprStmt value:(Await value:(Call callee:(Name "h"))))))"#,
        ],
    ),
    (
        "a.js",
        "const f = x => ({ x })",
        &[
            r#"(Assign+CONST+DECLARE target:(Name "f") value:(Function+LAMBDA "f" param:(Param "x") (Block (Return value:(Dict item:(Pair+SHORTHAND "x" value:(Name "x")))))))"#,
        ],
    ),
    (
        "a.ts",
        "function f(this: T, a?: string, ...b: number[]): asserts a is string",
        &[
            r#"(Function+ABSTRACT "f" param:(Param "a" type:(Name "string")) param:(Param+REST "b" type:(Index value:(Name "Array") index:(Name "number"))) returns:(Type type:(Name "string")))"#,
        ],
    ),
    (
        "a.ts",
        "function f(x: string): void; function f(x: any) { }",
        &[
            r#"(Function+ABSTRACT "f" param:(Param "x" type:(Name "string")) returns:(Name "void"))"#,
            r#"(Function "f" param:(Param "x" type:(Name "any")) (Block))"#,
        ],
    ),
    (
        "a.js",
        "xs.map(function (x) { return x })",
        &[
            r#"(ExprStmt value:(Call callee:(Attr "map" value:(Name "xs")) arg:(Function+LAMBDA param:(Param "x") (Block (Return value:(Name "x"))))))"#,
        ],
    ),
    (
        "a.js",
        "export default function () {}",
        &["(Function+EXPORT+DEFAULT (Block))"],
    ),
];

const CLASSES: &[Case] = &[
    (
        "a.js",
        r#"class A extends B.C { #x = 1; static y; f = () => 1; "q r" = 2 }"#,
        &[
            r##"(Class "A" base:(Attr "C" value:(Name "B")) (Block (Assign+PRIVATE target:(Name "#x") value:(Num "1")) (Assign+STATIC target:(Name "y")) (Assign target:(Name "f") value:(Function+LAMBDA "f" (Block (Return value:(Num "1"))))) (Assign target:(Name "q r") value:(Num "2"))))"##,
        ],
    ),
    (
        "a.js",
        "class A { get z() { return 1 } static async g() {} *h() {} static { init() } [k]() {} }",
        &[
            r#"(Class "A" (Block (Function "z" (Block (Return value:(Num "1")))) (Function+ASYNC+STATIC "g" (Block)) (Function+GENERATOR "h" (Block)) (Block+STATIC (ExprStmt value:(Call callee:(Name "init")))) (Function "[k]" (Block))))"#,
        ],
    ),
    (
        "a.ts",
        "@Injectable() export class S extends Base<T> implements I, J<K> { }",
        &[
            r#"(Class+EXPORT "S" decorator:(Call callee:(Name "Injectable")) base:(Name "Base") base:(Name+TYPE_ONLY "I") base:(Name+TYPE_ONLY "J") (Block))"#,
        ],
    ),
    (
        "a.ts",
        r#"class S { constructor(private readonly db: PrismaService, @Inject("x") y?: string) { super() } }"#,
        &[
            r#"(Class "S" (Block (Function "constructor" param:(Param+PROPERTY "db" type:(Name "PrismaService")) param:(Param "y" decorator:(Call callee:(Name "Inject") arg:(Str "x")) type:(Name "string")) (Block (ExprStmt value:(Call callee:(Name "super")))))))"#,
        ],
    ),
    (
        "a.ts",
        r#"class A { @Get(":id") async one(@Param("id") id: string): Promise<User> {} }"#,
        &[
            r#"(Class "A" (Block (Function+ASYNC "one" decorator:(Call callee:(Name "Get") arg:(Str ":id")) param:(Param "id" decorator:(Call callee:(Name "Param") arg:(Str "id")) type:(Name "string")) returns:(Index value:(Name "Promise") index:(Name "User")) (Block))))"#,
        ],
    ),
    (
        "a.ts",
        "class A { @Prop() name!: string; private a = 1; static readonly b: number = 2; declare d }",
        &[
            r#"(Class "A" (Block (Assign decorator:(Call callee:(Name "Prop")) target:(Name "name") type:(Name "string")) (Assign+PRIVATE target:(Name "a") value:(Num "1")) (Assign+STATIC+CONST target:(Name "b") type:(Name "number") value:(Num "2")) (Assign target:(Name "d"))))"#,
        ],
    ),
    (
        "a.ts",
        "class A { abstract c(): void; [key: string]: any }",
        &[
            r#"(Class "A" (Block (Function+ABSTRACT "c" returns:(Name "void")) (Other type:(Name "any"))))"#,
        ],
    ),
    (
        "a.ts",
        "abstract class A { abstract f(x: number): string }",
        &[
            r#"(Class "A" (Block (Function+ABSTRACT "f" param:(Param "x" type:(Name "number")) returns:(Name "string"))))"#,
        ],
    ),
    (
        "a.ts",
        "interface I extends J<K>, L.M { a: string; readonly b?: number; f(x: T): void }",
        &[
            r#"(Class+TYPE_ONLY "I" base:(Name "J") base:(Attr "M" value:(Name "L")) (Block (Assign target:(Name "a") type:(Name "string")) (Assign+CONST target:(Name "b") type:(Name "number")) (Function+ABSTRACT "f" param:(Param "x" type:(Name "T")) returns:(Name "void"))))"#,
        ],
    ),
    (
        "a.ts",
        "interface I { (y: U): V; new (z: W): X; [k: string]: any }",
        &[
            r#"(Class+TYPE_ONLY "I" (Block (Function+ABSTRACT param:(Param "y" type:(Name "U")) returns:(Name "V")) (Function+ABSTRACT "new" param:(Param "z" type:(Name "W")) returns:(Name "X")) (Other type:(Name "any"))))"#,
        ],
    ),
    (
        "a.ts",
        "type T = { a: string }; type U = A | B; type F = (x: A) => B",
        &[
            r#"(Class+TYPE_ONLY "T" (Block (Assign target:(Name "a") type:(Name "string"))))"#,
            r#"(Assign+TYPE_ONLY+DECLARE target:(Name "U") value:(Binary "|" value:(Name "A") value:(Name "B")))"#,
            r#"(Assign+TYPE_ONLY+DECLARE target:(Name "F") value:(Type arg:(Name "A") returns:(Name "B")))"#,
        ],
    ),
    (
        "a.ts",
        r#"enum E { A, B = 2, "c d" = "x" } const enum F { G }"#,
        &[
            r#"(Class "E" (Block (Assign+STATIC+CONST target:(Name "A")) (Assign+STATIC+CONST target:(Name "B") value:(Num "2")) (Assign+STATIC+CONST target:(Name "c d") value:(Str "x"))))"#,
            r#"(Class "F" (Block (Assign+STATIC+CONST target:(Name "G"))))"#,
        ],
    ),
    (
        "a.ts",
        r#"namespace N.M { export const x = 1 } declare module "m" { function f(): void } declare global { var g: T }"#,
        &[
            r#"(Block "N" (Assign+EXPORT+CONST+DECLARE target:(Name "x") value:(Num "1")))"#,
            r#"(Block "m" (Function+ABSTRACT "f" returns:(Name "void")))"#,
            r#"(Block (Assign+DECLARE target:(Name "g") type:(Name "T")))"#,
        ],
    ),
    (
        "a.ts",
        "declare const v: string; declare function f(): void",
        &[
            r#"(Assign+CONST+DECLARE target:(Name "v") type:(Name "string"))"#,
            r#"(Function+ABSTRACT "f" returns:(Name "void"))"#,
        ],
    ),
];
