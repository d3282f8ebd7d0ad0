// What a plugin writes to the console goes to `log.print`: QuickJS has no console.

import { close } from "./closed.js";
import { print } from "./contract/log.js";
import { shown } from "./shown.js";

/** Lines from the build, where nobody can be told: they are shown when the component first runs. */
let early = [];

const write = (...values) => {
  const lines = values.map(shown).join(" ").split("\n");
  if (early !== null) early.push(...lines);
  else lines.forEach((line) => print(line));
};

globalThis.console = { log: write, info: write, warn: write, error: write, debug: write, trace: write };

/** Called when a call of perfctl comes in. */
export const begin = () => {
  if (early === null) return;
  const lines = early;
  early = null;
  close();
  lines.forEach((line) => print(line));
};
