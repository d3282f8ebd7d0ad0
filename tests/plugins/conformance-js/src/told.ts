// What the API says, in words that are the same in every language.

import type { Doc } from "@perfctl/plugin";

/** Several texts, in order. */
export const listed = (texts: readonly unknown[]): string => texts.join(", ");

/** A text, or a dash for nothing. */
export const orDash = (text: unknown): string => String(text ?? "-");

/** Whether something is so. */
export const yes = (is: boolean): string => (is ? "yes" : "no");

/** Names with their values, in the order of the names: Lua's tables have no other. */
export const pairs = (texts: ReadonlyMap<string, string>): string =>
  listed([...texts].map(([name, value]) => `${name}=${value}`).sort());

/** A value of code or of a document. */
export const literal = ([value, known]: [string | number | boolean | null, boolean]): string => {
  if (!known) return "unknown";
  if (typeof value === "boolean") return yes(value);
  return typeof value === "string" ? `'${value}'` : String(value);
};

/** The value of an entry of a document. */
export const scalar = (doc: Doc): string => literal([doc.value, doc.value !== null || doc.kind === "null"]);
