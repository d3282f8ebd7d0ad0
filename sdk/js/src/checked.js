// Checks what goes to perfctl. The bindings end everything at once, without an error, when a value has another type than the contract.

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

/** The number of a thing. */
export const handleOf = (kind, given) => {
  if (given instanceof kind) return given._handle;
  throw new TypeError(`a ${kind.name} was expected, not ${given}`);
};
