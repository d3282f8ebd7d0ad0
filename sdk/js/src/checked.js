// Checks what goes to perfctl. The bindings end everything at once, without an error, when a value has another type than the contract.

import { bytesOf } from "./text.js";

const MOST = 2 ** 32;

export const asText = (given) => {
  if (typeof given === "string") return given;
  throw new TypeError(`a text was expected, not ${given}`);
};

/** A position, a line, a number of bytes. */
export const asCount = (given) => {
  if (Number.isInteger(given) && given >= 0 && given < MOST) return given;
  throw new TypeError(`a position was expected, not ${given}`);
};

/** Texts; one stands for a list of itself. */
export const asTexts = (given) => (typeof given === "string" ? [given] : Array.from(given, asText));

/** What a file or document holds. */
export const contentOf = (given) => {
  if (typeof given === "string") return bytesOf(given);
  if (given instanceof Uint8Array) return given;
  throw new TypeError(`a text or a Uint8Array was expected, not ${given}`);
};

/** The function that is registered under a name of the manifest. */
export const registered = (functions, name, what) => {
  if (Object.hasOwn(functions, name)) return functions[name];
  const names = Object.keys(functions).map((one) => `\`${one}\``);
  throw new RangeError(`pack.toml declares the ${what} \`${name}\`, but the component has ${names.join(", ")}`);
};

/** The number of a thing. */
export const handleOf = (kind, given) => {
  if (given instanceof kind) return given._handle;
  throw new TypeError(`a ${kind.name} was expected, not ${given}`);
};
