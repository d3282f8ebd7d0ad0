import assert from "node:assert/strict";
import { test } from "node:test";
import { FILE, failures, NODE, printed, SPAN } from "./host.mjs";

const output = console;
const { after, File, needsEvidence, Node, notApplicable, pack, replace } = await import("@perfctl/plugin");
const linesOfPlugin = globalThis.console;
globalThis.console = output;

// prettier-ignore
const ROWS = [
  0, 0, 4, 9, NODE | 1,
  0, 1, 4, 5, NODE | 2,
  0, 2, 6, 7, SPAN | 3,
  0, 2, 8, 9, NODE | 4,
  1, 0, 0, 0, FILE | 5,
  0, 0, 20, 22, SPAN | 6,
];

const run = (check, rows = ROWS) => pack({ id: "R", check }).check(1, FILE | 9, rows);

test("rows are matches with their captures", () => {
  let seen;
  run((file, matches) => (seen = [...matches]));
  const [first, second, third] = seen;
  assert.deepEqual([first.matcher, first.bytes, first.node._handle], ["call", [4, 9], NODE | 1]);
  assert.equal(first.capture("X")._handle, NODE | 2);
  assert.deepEqual(first.captures("REST").map((one) => one.constructor.name), ["Span", "Node"]);
  assert.deepEqual([second.matcher, second.node, second.span, second.bytes], ["file", null, null, null]);
  assert.deepEqual([third.node, third.span._handle, third.capture("X")], [null, SPAN | 6, null]);
});

test("matches of a matcher", () => {
  run((file, matches) => {
    assert.deepEqual([matches.length, matches.of("call").length, matches.of("file").length], [3, 2, 1]);
    assert.deepEqual([matches.at(-1).bytes, matches.at(3)], [[20, 22], undefined]);
    assert.throws(() => matches.of("cal"), /no matcher `cal`: there is `call`, `file`/);
    assert.throws(() => matches.at(0).capture("Y"), /captures no `Y`: there is `X`, `REST`/);
  });
});

test("findings are rows", () => {
  const found = run((file, matches, report) => {
    report(matches.at(0), "plain");
    report(matches.at(2).span, "full", { a: 1, b: "x" }, {
      severity: "critical",
      confidence: "low",
      reach: "test",
      related: [[file, "here"]],
      notes: { n: 1.5, t: true },
      fix: { title: "Do it", edits: [replace(file, "r"), after(matches.at(0).node, "a")], safety: "safe" },
    });
  });
  assert.deepEqual(found, {
    rows: [NODE | 1, 0, 0, 0, 0, 0, SPAN | 6, 1, 4, 1, 7, 2],
    texts: ["x", "1"],
    related: [{ finding: 1, at: FILE | 9, message: "here" }],
    notes: [{ finding: 1, key: "n", value: "1.5" }, { finding: 1, key: "t", value: "true" }],
    fixes: [
      { finding: 1, title: "Do it", safety: 2, edits: [{ at: FILE | 9, how: 0, text: "r" }, { at: NODE | 1, how: 2, text: "a" }] },
    ],
  });
});

test("messages and options are checked", () => {
  for (const [given, says] of [
    [["nothing"], /no message `nothing`: there is `plain`, `full`/],
    [["full", { a: 1 }], /the message `full` needs `b`/],
    [["plain", { a: 1, c: 2 }], /the message `plain` has no `a`, `c`/],
    [["plain", {}, { severity: "huge" }], /"huge" is no severity: there is "low"/],
    [["plain", {}, { sevrity: "low" }], /no `sevrity`/],
  ]) {
    assert.throws(() => run((file, matches, report) => report(file, ...given)), says);
  }
  assert.throws(() => run((file, matches, report) => report("file", "plain")), TypeError);
});

test("verdicts", () => {
  const said = (verdict) => pack({ id: "R", checkRepository: () => verdict }).checkRepository(1)[1];
  assert.equal(said(undefined), null);
  assert.deepEqual(said(notApplicable("a")), { tag: "not-applicable", val: "a" });
  assert.deepEqual(said(needsEvidence("b")), { tag: "needs-evidence", val: "b" });
  assert.throws(() => said({ tag: "not-applicable", val: "c" }), TypeError);
});

test("a failure is told", () => {
  const broken = () => {
    throw new Error("outer", { cause: new TypeError("inner") });
  };
  assert.throws(() => run(broken), /outer/);
  const told = failures.at(-1);
  assert.deepEqual([told.kind, told.message], ["Error", "outer"]);
  assert.match(told.trace, /caused by TypeError: inner/);
  assert.throws(() => pack({ id: "R" }).check(0, FILE, []), /names the rule `OTHER`, but the component has `R`/);
});

test("a pack is checked when it is built", () => {
  assert.throws(() => pack(), /at least one/);
  assert.throws(() => pack({}), /has an id/);
  assert.throws(() => pack({ id: "R" }, { id: "R" }), /two rules/);
});

test("lines of the console go to the host", () => {
  printed.length = 0;
  linesOfPlugin.log("a\nb", { c: [1] }, null);
  linesOfPlugin.error(new TypeError("d"));
  assert.deepEqual(printed, ["a", 'b {"c":[1]} null', "TypeError: d"]);
});

test("values are those of the language", () => {
  const node = new Node(NODE);
  for (const [given, value] of [
    [{ tag: "unknown" }, [null, false]],
    [{ tag: "null" }, [null, true]],
    [{ tag: "number", val: 3 }, [3, true]],
  ]) {
    globalThis.host.node = { literal: () => given };
    assert.deepEqual(node.literal(), value);
  }
  globalThis.host.node = { arg: (handle, key) => [handle | 1, key] };
  assert.deepEqual(node.arg("timeout"), [new Node(NODE | 1), { tag: "name", val: "timeout" }]);
  globalThis.host.file = { imports: (handle, patterns) => patterns };
  const file = new File(FILE);
  assert.deepEqual([file.imports("a"), file.imports(new Set(["a", "b"]))], [["a"], ["a", "b"]]);
  assert.throws(() => file.imports([1]), /a text was expected/);
  assert.throws(() => node.same(file), /a Node was expected/);
});
