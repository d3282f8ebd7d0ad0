//! Imports and exports of JavaScript and TypeScript, and what they become.

use super::{Case, check};

#[test]
fn imports_and_exports_say_both_names() {
    check(IMPORTS);
}

const IMPORTS: &[Case] = &[
    (
        "a.js",
        r#"import "side"; import d from "a"; import * as ns from "b"; import e, { f, g as h } from "c""#,
        &[
            r#"(Import+SIDE_EFFECT "side")"#,
            r#"(Import "a" item:(ImportName "default" target:(Name "d")))"#,
            r#"(Import "b" item:(ImportName target:(Name "ns")))"#,
            r#"(Import "c" item:(ImportName "default" target:(Name "e")) item:(ImportName "f" target:(Name "f")) item:(ImportName "g" target:(Name "h")))"#,
        ],
    ),
    (
        "a.js",
        r#"import { default as x, "a b" as y } from "d""#,
        &[
            r#"(Import "d" item:(ImportName "default" target:(Name "x")) item:(ImportName "a b" target:(Name "y")))"#,
        ],
    ),
    (
        "a.ts",
        r#"import type { A } from "a"; import { type B, C } from "b"; import fs = require("fs"); import P = Q.R"#,
        &[
            r#"(Import+TYPE_ONLY "a" item:(ImportName "A" target:(Name "A")))"#,
            r#"(Import "b" item:(ImportName+TYPE_ONLY "B" target:(Name "B")) item:(ImportName "C" target:(Name "C")))"#,
            r#"(Import "fs" item:(ImportName target:(Name "fs")))"#,
            r#"(Assign+CONST+DECLARE target:(Name "P") value:(Attr "R" value:(Name "Q")))"#,
        ],
    ),
    (
        "a.js",
        "export const a = 1, b = 2; export function f() {} export class C {}",
        &[
            r#"(Assign+EXPORT+CONST+DECLARE target:(Name "a") value:(Num "1"))"#,
            r#"(Assign+EXPORT+CONST+DECLARE target:(Name "b") value:(Num "2"))"#,
            r#"(Function+EXPORT "f" (Block))"#,
            r#"(Class+EXPORT "C" (Block))"#,
        ],
    ),
    (
        "a.js",
        r#"export { a, b as c }; export { d as default } from "m"; export * from "n"; export * as o from "p""#,
        &[
            r#"(Export item:(ImportName "a" target:(Name "a")) item:(ImportName "b" target:(Name "c")))"#,
            r#"(Import+EXPORT "m" item:(ImportName "d" target:(Name "default")))"#,
            r#"(Import+STAR+EXPORT "n")"#,
            r#"(Import+EXPORT "p" item:(ImportName target:(Name "o")))"#,
        ],
    ),
    (
        "a.ts",
        r#"export type { T } from "t"; export type { U }; export = x"#,
        &[
            r#"(Import+TYPE_ONLY+EXPORT "t" item:(ImportName "T" target:(Name "T")))"#,
            r#"(Export+TYPE_ONLY item:(ImportName "U" target:(Name "U")))"#,
            r#"(Export "default" value:(Name "x"))"#,
        ],
    ),
    (
        "a.js",
        "export default class {}",
        &["(Class+EXPORT+DEFAULT (Block))"],
    ),
    (
        "a.js",
        "export default async () => {}",
        &[r#"(Export "default" value:(Function+ASYNC+LAMBDA (Block)))"#],
    ),
    (
        "a.js",
        "export default { a: 1 }",
        &[r#"(Export "default" value:(Dict item:(Pair "a" value:(Num "1"))))"#],
    ),
    (
        "a.js",
        r#"const m = await import("./m"), { x } = require("x")"#,
        &[
            r#"(Assign+CONST+DECLARE target:(Name "m") value:(Await value:(Call callee:(Name "import") arg:(Str "./m"))))"#,
            r#"(Assign+CONST+DECLARE target:(Dict item:(Pair+SHORTHAND "x" value:(Name "x"))) value:(Call callee:(Name "require") arg:(Str "x")))"#,
        ],
    ),
    (
        "a.js",
        "module.exports = { a }",
        &[
            r#"(Assign target:(Attr "exports" value:(Name "module")) value:(Dict item:(Pair+SHORTHAND "a" value:(Name "a"))))"#,
        ],
    ),
];
