// Stands in for what componentize-qjs links, so that the package runs in Node: `globalThis.host["node"].kind` answers `node.kind`.

import { register } from "node:module";

register("./interfaces.mjs", import.meta.url);

export const NODE = 1 << 28;
export const SPAN = 2 << 28;
export const FILE = 3 << 28;

export const printed = [];
export const failures = [];

globalThis.host = {
  log: { print: (line) => printed.push(line), failed: (failure) => failures.push(failure) },
  declared: {
    rules: () => ["OTHER", "R"],
    matchers: () => [{ name: "call", captures: ["X", "REST"] }, { name: "file", captures: [] }],
    messages: () => [{ id: "plain", parameters: [] }, { id: "full", parameters: ["b", "a"] }],
  },
};
