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

// The manifest of the tests has two rules.
const other = { id: "OTHER", check() {} };
const packed = (rule) => pack(other, { id: "R", ...rule });
const run = (check, rows = ROWS) => packed({ check }).check(1, FILE | 9, rows);

test("rows are matches with their captures", () => {
  let seen;
  run((file, matches) => void (seen = [...matches]));
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
    assert.deepEqual([matches.at(-1).bytes, matches.at(3), matches.at(-4)], [[20, 22], undefined, undefined]);
    assert.deepEqual([matches.at(1).matcher, matches.at(1.9).matcher, matches.at().matcher], ["file", "file", "call"]);
    assert.throws(() => matches.of("cal"), /no matcher `cal`: there is `call`, `file`/);
    assert.throws(() => matches.at(0).capture("Y"), /captures no `Y`: there is `X`, `REST`/);
  });
});

test("a match by its position costs the same wherever it stands", () => {
  const rows = Array.from({ length: 5000 }, (_, at) => [0, 0, at, at + 1, NODE | at]).flat();
  run((file, matches) => {
    let reads = 0;
    matches._starts = new Proxy(matches._starts, { get: (starts, name) => ((reads += 1), Reflect.get(starts, name)) });
    assert.deepEqual(matches.at(4999).bytes, [4999, 5000]);
    assert.ok(reads <= 4, `${reads} reads`);
  }, rows);
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
  for (const [fix, says] of [
    [{ title: "t", edits: [], saftey: "safe" }, /a fix has no `saftey`: there is `title`, `edits`, `safety`/],
    [{ title: "t", edits: [{ at: new Node(NODE), text: "" }] }, /an edit is made by `replace`/],
    [{ title: "t", edits: [replace(new Node(NODE), "a\ud800")] }, /half of a character/],
  ]) {
    assert.throws(() => run((file, matches, report) => report(file, "plain", {}, { fix })), says);
  }
});

test("a finding that is refused leaves nothing for the next one", () => {
  const found = run((file, matches, report) => {
    const related = [[file, "of the refused one"]];
    const fix = { title: "t", edits: [replace(file, "")] };
    for (const options of [
      { related, notes: { a: {} } },
      { related, notes: { a: 1 }, fix: { title: 1, edits: [] } },
      { fix, related: [["file", ""]] },
    ]) {
      assert.throws(() => report(file, "plain", {}, options), TypeError);
    }
    report(file, "plain");
  });
  assert.deepEqual(found, { rows: [FILE | 9, 0, 0, 0, 0, 0], texts: [], related: [], notes: [], fixes: [] });
});

test("numbers are shown as in every language", () => {
  for (const [given, text] of [
    [0, "0"], [-0, "-0"], [3, "3"], [1.5, "1.5"], [-0.25, "-0.25"],
    [1e-7, "0.0000001"], [1.25e-9, "0.00000000125"], [-1e-7, "-0.0000001"], [0.00001, "0.00001"],
    [1e21, "1000000000000000000000"], [1.2345e25, "12345000000000000000000000"], [1e20, "100000000000000000000"],
    [NaN, "NaN"], [Infinity, "inf"], [-Infinity, "-inf"], [true, "true"], [false, "false"],
  ]) {
    const { texts, notes } = run((file, matches, report) => report(file, "full", { a: given, b: "" }, { notes: { given } }));
    assert.deepEqual([texts[1], notes[0].value], [text, text]);
  }
});

test("half of a character in what is shown is replaced", () => {
  const found = run((file, matches, report) => {
    const cut = "a😀".slice(0, 2);
    report(file, "full", { a: cut, b: "" }, { notes: { [cut]: cut }, related: [[file, cut]], fix: { title: cut, edits: [] } });
  });
  const { texts: [, text], notes: [note], related: [related], fixes: [fix] } = found;
  assert.deepEqual([text, note.key, note.value, related.message, fix.title], Array(5).fill("a\ufffd"));
});

test("verdicts", () => {
  const said = (verdict) => packed({ checkRepository: () => verdict }).checkRepository(1)[1];
  assert.equal(said(undefined), null);
  assert.deepEqual(said(notApplicable("a")), { tag: "not-applicable", val: "a" });
  assert.deepEqual(said(needsEvidence("b")), { tag: "needs-evidence", val: "b" });
  assert.equal(said(needsEvidence("a\ud800")).val, "a\ufffd");
  assert.throws(() => said({ tag: "not-applicable", val: "c" }), TypeError);
  assert.throws(() => said({ then() {} }), /take `async` and `await` away/);
  assert.throws(() => notApplicable(), /a text was expected/);
});

test("a failure is told", () => {
  const broken = () => {
    throw new Error("outer", { cause: new TypeError("inner") });
  };
  assert.throws(() => run(broken), /outer/);
  const told = failures.at(-1);
  assert.deepEqual([told.kind, told.message], ["Error", "outer"]);
  assert.match(told.trace, /caused by TypeError: inner/);
  assert.throws(() => pack({ id: "R", check() {} }).check(0, FILE, []), /names the rule `OTHER`, but the component has `R`/);
});

/** What perfctl is told when `thrown` is. */
const failureOf = (thrown) => {
  failures.length = 0;
  let caught = false;
  try {
    run(() => { throw thrown; });
  } catch {
    caught = true;
  }
  assert.ok(caught);
  assert.equal(failures.length, 1);
  for (const part of Object.values(failures[0])) assert.ok(typeof part === "string" && part.isWellFormed(), part);
  return failures[0];
};

test("whatever is thrown is told", () => {
  const circle = new Error("round");
  circle.cause = new TypeError("and", { cause: circle });
  assert.match(failureOf(circle).trace, /caused by TypeError: and(?![^]*caused by)/);
  const odd = new Error("cut \ud800");
  odd.name = 5;
  assert.deepEqual([failureOf(odd).kind, failureOf(odd).message], ["5", "cut \ufffd"]);
  assert.match(failureOf({ code: 5 }).message, /^\{"code":5\} \(it is no Error/);
  assert.match(failureOf("just words").message, /^just words /);
  assert.match(failureOf(undefined).message, /^undefined /);
  assert.match(failureOf(Object.create(null)).message, /^\{\}/);
  assert.match(failureOf({ toJSON() { throw 1; }, toString: null, valueOf: null }).message, /^something that has no text/);
  const broken = new Error("x");
  for (const name of ["stack", "message", "name", "cause"]) Object.defineProperty(broken, name, { get() { throw 1; } });
  assert.equal(failureOf(broken).kind, "");
  let deep = new Error("0");
  for (let at = 1; at < 5000; at++) deep = new Error(String(at), { cause: deep });
  assert.equal(failureOf(deep).trace.match(/caused by/g).length, 8);
});

test("a rule that judges nothing is refused", () => {
  for (const [rule, says] of [
    [{}, /neither `check` nor `checkRepository`/],
    [{ chek() {} }, /has `chek`, which nothing calls: there is `check`, `checkRepository`/],
    [{ check() {}, checkRepositry() {} }, /has `checkRepositry`, which nothing calls/],
    [{ check: "x" }, /`check` of the rule `R` is x, and no function/],
  ]) {
    assert.throws(() => packed(rule), says);
  }
  class WithState {
    id = "R";
    seen = new Set();
    check(file) {
      this.seen.add(this.name(file));
    }
    name = (file) => file;
  }
  assert.deepEqual(pack(other, new WithState()).check(1, FILE, []).rows, []);
});

test("what perfctl asks for has to be there, and done when it returns", () => {
  assert.throws(() => packed({ checkRepository() {} }).check(1, FILE, []), /`R` has matchers of files, but the rule has no `check`/);
  assert.throws(() => packed({ check() {} }).checkRepository(1), /has a matcher of kind `repository`, but the rule has no `checkRepository`/);
  assert.throws(() => run(async () => {}), /`check` of the rule `R` returned .*take `async` and `await` away/);
  assert.throws(() => run(function* () {}), /`check` of the rule `R` returned/);
  assert.throws(() => run(() => "😀".repeat(500)), ({ message }) => message.length < 250 && message.isWellFormed());
  assert.throws(() => run(() => false), /returned false, of which nothing comes/);
  run(() => null);
});

test("what would come later is refused where it is asked for", () => {
  for (const later of [() => new Promise(() => {}), () => Promise.resolve(1), () => Promise.all([]), () => queueMicrotask(() => {})]) {
    assert.throws(() => run(() => void later()), /nothing waits in a plugin/);
  }
  for (const clock of [() => Date.now(), () => new Date(), () => performance.now()]) {
    assert.throws(() => run(() => void clock()), /a plugin has no clock/);
  }
  assert.throws(() => run(() => void fetch("https://example.test")), /a plugin has no network/);
  run(() => void ({} instanceof Promise));
});

test("a rule without its rule.toml is told", () => {
  const lost = { id: "LOST", check() {} };
  const made = pack(other, { id: "R", check() {} }, lost);
  assert.throws(() => made.check(1, FILE, []), /has the rule `LOST`, but the pack no folder `LOST` with its rule.toml/);
});

test("a pack is checked when it is built", () => {
  assert.throws(() => pack(), /at least one/);
  assert.throws(() => pack({}), /has an id/);
  assert.throws(() => pack({ id: "R", check() {} }, { id: "R", check() {} }), /two rules/);
});

test("lines of the console go to the host", () => {
  printed.length = 0;
  linesOfPlugin.log("a\nb", { c: [1] }, null);
  linesOfPlugin.error(new TypeError("d"));
  linesOfPlugin.log("cut \ud800", Symbol("s"), 5n, { n: 5n });
  linesOfPlugin.log(Object.create(null), Object.defineProperty(new Error(), "message", { get() { throw 1; } }));
  const odd = ["cut \ufffd Symbol(s) 5 [object Object]", "{} an error that has no text"];
  assert.deepEqual(printed, ["a", 'b {"c":[1]} null', "TypeError: d", ...odd]);
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
  assert.throws(() => file.imports("a\ud800"), /half of a character/);
  assert.throws(() => file.imports(["\udc00b"]), /half of a character/);
  assert.throws(() => node.same(file), /a Node was expected/);
});
