import assert from "node:assert/strict";
import { test } from "node:test";
import { failures } from "./host.mjs";

const output = console;
const { collectors, textOf, Unreadable } = await import("@perfctl/plugin/collector");
const { formats, Unrenderable } = await import("@perfctl/plugin/reporter");
globalThis.console = output;

const OUTPUT = { stdout: Uint8Array.of(0x31, 0x32), stderr: new Uint8Array(), exitCode: 0, timedOut: false };
const collect = (function_) => collectors({ c: function_ }).collect("c", OUTPUT, [["scale", "2"]]);

test("metrics", () => {
  const read = (given, { scale }) => ({ metrics: [{ name: "m", unit: "ms", samples: [textOf(given.stdout) * scale], labels: { k: "v" } }] });
  assert.deepEqual(collect(read), {
    metrics: [{ name: "m", unit: "ms", samples: [24], labels: [["k", "v"]] }],
    notes: [],
    artifacts: [],
    inconclusive: null,
  });
});

test("files are texts or bytes", () => {
  const files = collect(() => ({ artifacts: { "a.txt": "1", "b.bin": Uint8Array.of(0) } })).artifacts;
  assert.deepEqual(files, [{ name: "a.txt", content: Uint8Array.of(0x31) }, { name: "b.bin", content: Uint8Array.of(0) }]);
  assert.throws(() => collect(() => ({ artifacts: { "a.txt": 3 } })), TypeError);
});

test("what is collected is checked", () => {
  const metric = { name: "m", unit: "ms", samples: [1] };
  for (const [given, says] of [
    [undefined, /what a collector returns is an object, not undefined/],
    [(async () => {})(), /take `async` and `await` away/],
    [{ metric: [metric] }, /has no `metric`: there is `metrics`/],
    [{ metrics: [{ ...metric, label: {} }] }, /a metric has no `label`/],
    [{ metrics: [{ ...metric, samples: [""] }] }, /a sample of `m` is a number/],
    [{ metrics: [{ ...metric, samples: "12" }] }, /a sample of `m` is a number, not 1/],
    [{ metrics: [{ ...metric, samples: [null] }] }, /a sample of `m` is a number, not null/],
  ]) {
    assert.throws(() => collect(() => given), says);
  }
  const { notes, metrics } = collect(() => ({ notes: ["\ud800"], metrics: [{ ...metric, labels: { k: "\udc00" } }] }));
  assert.deepEqual([notes, metrics[0].labels], [["\ufffd"], [["k", "\ufffd"]]]);
});

test("a name that the component lacks is told", () => {
  assert.throws(() => collectors({ c: () => ({}) }).collect("d", OUTPUT, []), /`d`, but the component has `c`/);
  failures.length = 0;
});

test("what cannot be read is an answer, other errors are failures", () => {
  const unreadable = () => {
    throw new Unreadable("no numbers\ud800");
  };
  assert.throws(() => collect(unreadable), (thrown) => thrown === "no numbers\ufffd");
  assert.equal(failures.length, 0);
  assert.throws(() => collect(() => null.x), TypeError);
  assert.equal(failures.at(-1).kind, "TypeError");
});

test("a document is bytes", () => {
  const rendering = formats({ f: (record, view) => `${record["ü"]} ${view.width}` });
  const bytes = rendering.render("f", new TextEncoder().encode('{"ü": "é"}'), { width: 80 });
  assert.equal(textOf(bytes), "é 80");
  const unrenderable = () => {
    throw new Unrenderable("too old");
  };
  assert.throws(() => formats({ f: async () => "" }).render("f", bytes.slice(3, 4), {}), /take `async` and `await` away/);
  assert.throws(() => formats({ f: unrenderable }).render("f", bytes.slice(3, 4), {}), (thrown) => thrown === "too old");
});
