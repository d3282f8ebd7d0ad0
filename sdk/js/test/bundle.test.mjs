import assert from "node:assert/strict";
import { test } from "node:test";
import { lines } from "../bundle.mjs";

test("each line of a bundle says where it came from", () => {
  // Line 1: source 0, line 1; line 2: nothing; line 3: source 1, line 3; line 4: one line further up.
  assert.deepEqual(lines("AAAA,IAAK;;ACEA;ADDA"), [0, 1, -1, 0, 1, 3, 0, 2]);
});
