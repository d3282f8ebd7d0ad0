// Checks what goes to perfctl. The bindings end everything at once, without an error, when a value has another type than the contract.

import { brief } from "./shown.js";
import { bytesOf } from "./text.js";

const MOST = 2 ** 32;

/** A text that perfctl acts on. */
export const asText = (given) => {
  if (typeof given !== "string") throw new TypeError(`a text was expected, not ${brief(given)}`);
  if (given.isWellFormed()) return given;
  throw new RangeError(`\`${brief(given)}\` holds half of a character: it was cut within a surrogate pair, as \`slice\` does with emoji`);
};

/** A text that is only shown. Half of a character comes from the audited repository more often than not, and is replaced. */
export const asShown = (given) => {
  if (typeof given === "string") return given.toWellFormed();
  throw new TypeError(`a text was expected, not ${brief(given)}`);
};

/** A position, a line, a number of bytes. */
export const asCount = (given) => {
  if (Number.isInteger(given) && given >= 0 && given < MOST) return given;
  throw new TypeError(`a position was expected, not ${brief(given)}`);
};

/** Texts; one stands for a list of itself. */
export const asTexts = (given) => (typeof given === "string" ? [asText(given)] : Array.from(given, asText));

/** What a file or document holds. */
export const contentOf = (given) => {
  if (typeof given === "string") return bytesOf(given);
  if (given instanceof Uint8Array) return given;
  throw new TypeError(`a text or a Uint8Array was expected, not ${brief(given)}${waits(given)}`);
};

/** An object with no other members than these: one whose name has a slip in it would be dropped in silence. */
export const withOnly = (known, what, given) => {
  if (typeof given !== "object" || given === null) throw new TypeError(`${what} is an object, not ${brief(given)}`);
  if (typeof given.then === "function") throw new TypeError(`${what} is an object, not a Promise${waits(given)}`);
  const stranger = Object.keys(given).find((name) => !known.includes(name));
  if (stranger === undefined) return given;
  throw new RangeError(`${what} has no \`${stranger}\`: there is ${known.map((name) => `\`${name}\``).join(", ")}`);
};

/** Why something that was returned is not taken, if that is because it comes later. */
export const waits = (given) =>
  typeof given?.then === "function" ? ": nothing waits in a plugin, so take `async` and `await` away" : "";

/** The function that is registered under a name of the manifest. */
export const registered = (functions, name, what) => {
  if (Object.hasOwn(functions, name)) return functions[name];
  const names = Object.keys(functions).map((one) => `\`${one}\``);
  throw new RangeError(`pack.toml declares the ${what} \`${name}\`, but the component has ${names.join(", ")}`);
};

/** The number of a thing. */
export const handleOf = (kind, given) => {
  if (given instanceof kind) return given._handle;
  throw new TypeError(`a ${kind.name} was expected, not ${brief(given)}`);
};
