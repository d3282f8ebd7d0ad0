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
