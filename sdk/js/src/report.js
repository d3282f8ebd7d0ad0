// How a rule says what it found.

import { asShown, asText, withOnly } from "./checked.js";
import { Match, named } from "./matches.js";
import { Doc, File, Instruction, Node, ShellCommand, Span } from "./model.js";
import { plain } from "./number.js";
import { brief } from "./shown.js";

const PLACES = [Match, Node, Span, File, Doc, Instruction, ShellCommand];
const SEVERITIES = ["low", "medium", "high", "critical"];
const CONFIDENCES = ["low", "medium", "high"];
const REACHES = ["request", "worker", "startup", "build", "unknown", "script", "test"];
const SAFETIES = ["shown-only", "unsafe", "safe"];

export const replace = (at, text) => ({ at, how: 0, text });
export const before = (at, text) => ({ at, how: 1, text });
export const after = (at, text) => ({ at, how: 2, text });

const handle = (at) => {
  for (const kind of PLACES) {
    if (at instanceof kind) return at._handle;
  }
  throw new TypeError(`a place is a match, a node, a span, a file, a node of a document, an instruction or a command, not ${brief(at)}`);
};

const position = (words, what, word) => {
  const at = words.indexOf(word);
  if (at >= 0) return at;
  throw new RangeError(`"${brief(word)}" is no ${what}: there is ${words.map((known) => `"${known}"`).join(", ")}`);
};

// Nothing said is 0, the first word 1.
const choice = (words, what, word) => (word == null ? 0 : position(words, what, word) + 1);

const text = (name, value) => {
  if (typeof value === "string") return asShown(value);
  if (typeof value === "number") return plain(value);
  if (typeof value === "boolean") return String(value);
  throw new TypeError(`\`${brief(name)}\` is a text, a number or a boolean, not ${brief(value)}`);
};

const FIX = ["title", "edits", "safety"];
const EDIT = ["at", "how", "text"];

const edit = (given) => {
  const { at, how, text: put } = withOnly(EDIT, "an edit", given);
  if (![0, 1, 2].includes(how)) throw new TypeError("an edit is made by `replace`, `before` or `after`");
  return { at: handle(at), how, text: asText(put) };
};

const fixOf = (given) => {
  const { title, edits, safety = "shown-only" } = withOnly(FIX, "a fix", given);
  return { title: asShown(title), safety: position(SAFETIES, "safety", safety), edits: Array.from(edits, edit) };
};

/** The sentences under `[messages]` of a rule's `rule.toml`. */
export class Messages {
  #known;
  #ids;

  constructor(messages) {
    this.#ids = messages.map((message) => message.id);
    this.#known = new Map(messages.map((message, at) => [message.id, [at, message.parameters]]));
  }

  /** The number of a message, and its texts in their order. */
  fill(message, args) {
    const known = this.#known.get(message);
    if (known === undefined) {
      throw new RangeError(`rule.toml has no message \`${message}\`: there is ${named(this.#ids)}`);
    }
    const [at, parameters] = known;
    const texts = [];
    for (const name of parameters) {
      if (!Object.hasOwn(args, name)) throw new RangeError(`the message \`${message}\` needs \`${name}\``);
      texts.push(text(name, args[name]));
    }
    const given = Object.keys(args);
    if (given.length > texts.length) {
      const unknown = given.filter((name) => !parameters.includes(name));
      throw new RangeError(`the message \`${message}\` has no ${named(unknown)}`);
    }
    return [at, texts];
  }
}

const NOTHING = {};
const OPTIONS = ["severity", "confidence", "reach", "related", "notes", "fix"];

/** The findings of one call, and the function that takes them. */
export const collect = (messages) => {
  const found = { rows: [], texts: [], related: [], notes: [], fixes: [] };
  let count = 0;
  const report = (at, message, args = NOTHING, options = NOTHING) => {
    const [number, texts] = messages.fill(message, args);
    if (options === NOTHING) {
      found.rows.push(handle(at), number, 0, 0, 0, texts.length);
      found.texts.push(...texts);
      count += 1;
      return;
    }
    withOnly(OPTIONS, "a finding", options);
    const row = [
      handle(at),
      number,
      choice(SEVERITIES, "severity", options.severity),
      choice(CONFIDENCES, "confidence", options.confidence),
      choice(REACHES, "reach", options.reach),
      texts.length,
    ];
    // All of it is made before any of it is kept: what is refused here, and caught by the author, must leave nothing for the next finding.
    const related = Array.from(options.related ?? [], ([place, sentence]) => ({ at: handle(place), message: asShown(sentence) }));
    const notes = Object.entries(options.notes ?? {}).map(([key, value]) => ({ key: asShown(key), value: text(key, value) }));
    const fixes = options.fix == null ? [] : [fixOf(options.fix)];
    for (const [kept, made] of [[found.related, related], [found.notes, notes], [found.fixes, fixes]]) {
      for (const one of made) kept.push({ finding: count, ...one });
    }
    found.rows.push(...row);
    found.texts.push(...texts);
    count += 1;
  };
  return [report, found];
};
