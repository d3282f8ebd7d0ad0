import assert from "node:assert/strict";
import { test } from "node:test";
import { bytesOf, textOf } from "../src/text.js";

test("texts are bytes of UTF-8 and back", () => {
  for (const text of ["", "abc", "é", "€", "😀", "a\u0000\u007f\u0080\u07ff\u0800\uffff\u{10000}\u{10ffff}"]) {
    assert.deepEqual(bytesOf(text), new Uint8Array(new TextEncoder().encode(text)));
    assert.equal(textOf(bytesOf(text)), text);
  }
  assert.deepEqual(bytesOf("\ud800"), Uint8Array.of(0xef, 0xbf, 0xbd));
});

test("what is no UTF-8 is replaced", () => {
  for (const bytes of [[0x80], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf5], [0xe2, 0x82], [0x61, 0xff, 0x62]]) {
    const text = textOf(Uint8Array.from(bytes));
    assert.ok(text.includes("\ufffd"), JSON.stringify(text));
  }
  assert.equal(textOf(Uint8Array.of(0x61, 0xff, 0x62)), "a\ufffdb");
});

test("long texts are read in pieces, whatever stands where one ends", () => {
  const piece = 1 << 14;
  for (const [character, odd] of [["é", 0xc3], ["€", 0xe2], ["😀", 0xf0], ["b", 0x80]]) {
    for (let before = piece - 5; before < piece + 2; before++) {
      const text = `${"a".repeat(before)}${character.repeat(piece)}z`;
      assert.equal(textOf(new TextEncoder().encode(text)), text);
      const cut = textOf(Uint8Array.of(...new TextEncoder().encode("a".repeat(before)), odd, 0x62));
      assert.ok(cut === `${"a".repeat(before)}\ufffdb`, character);
    }
  }
  // No character goes on for so long.
  assert.match(textOf(new Uint8Array(2 * piece).fill(0x80)), /^\ufffd+$/);
});

test("reading and writing take no loop of the language's own over each byte", () => {
  const text = "a line of a tool, with ä in it\n".repeat(1 << 16);
  const bytes = new TextEncoder().encode(text);
  const read = [];
  const counted = new Proxy(bytes, { get: (all, name) => (read.push(name), typeof all[name] === "function" ? all[name].bind(all) : all[name]) });
  assert.equal(textOf(counted), text);
  assert.ok(read.length < bytes.length / 1000, `${read.length} reads of ${bytes.length} bytes`);
});
