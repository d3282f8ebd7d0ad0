// Any value as a text, whatever its own methods do: what is thrown or printed may be broken itself.

/** The longest value within a sentence. */
const MOST_BRIEF = 120;

/** The first of several ways to a text that works. */
const first = (...ways) => {
  for (const way of ways) {
    try {
      const text = way();
      if (typeof text === "string") return text.toWellFormed();
    } catch {
      // The next way is tried.
    }
  }
  return "something that has no text";
};

/** A property, whatever its getter does. */
export const read = (value, name) => {
  try {
    return value[name];
  } catch {
    return undefined;
  }
};

/** Whether a value is an error; a proxy may throw when it is asked. */
export const isError = (value) => {
  try {
    return value instanceof Error;
  } catch {
    return false;
  }
};

/** A value for people. Halves of surrogate pairs are replaced: they are no text for perfctl. */
export const shown = (value) => {
  if (isError(value)) return first(() => `${value.name}: ${value.message}`, () => "an error that has no text");
  if (typeof value !== "object" || value === null) return first(() => String(value));
  return first(() => JSON.stringify(value), () => String(value));
};

/** A value within a sentence. */
export const brief = (value) => {
  const whole = shown(value);
  return whole.length <= MOST_BRIEF ? whole : `${whole.slice(0, MOST_BRIEF).toWellFormed()}...`;
};
