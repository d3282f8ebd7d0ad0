// Makes a module of each interface: every function that the SDK calls asks `globalThis.host`.

import { readFileSync } from "node:fs";

const INTERFACE = /^perfctl:plugin\/([a-z-]+)@[0-9.]+$/;
const FIXED = { log: ["print", "failed"], declared: ["rules", "matchers", "messages"] };

const called = (name) => {
  const model = readFileSync(new URL("../src/model.js", import.meta.url), "utf8");
  const camel = name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
  return [...new Set([...model.matchAll(new RegExp(`\\$${camel}\\.(\\w+)\\(`, "g"))].map((found) => found[1]))];
};

export const resolve = (specifier, context, next) =>
  INTERFACE.test(specifier) ? { url: specifier, shortCircuit: true } : next(specifier, context);

export const load = (url, context, next) => {
  const found = INTERFACE.exec(url);
  if (found === null) return next(url, context);
  const [, name] = found;
  const source = (FIXED[name] ?? called(name))
    .map((member) => `const $${member} = (...given) => globalThis.host["${name}"].${member}(...given);\nexport { $${member} as ${member} };`)
    .join("\n");
  return { format: "module", source, shortCircuit: true };
};
