// Tells perfctl what the author's code threw.
//
// A throw that leaves a component is only "unreachable" for perfctl. So name, message, place and stack go to `log.failed` first. Anything
// can be thrown, and an error can be broken itself: nothing here trusts what it is given.

import { begin } from "./console.js";
import { failed } from "./contract/log.js";
import { isError, read, shown } from "./shown.js";

const FRAME = /^\s*at (?:(.*?) \()?([^()]*?):(\d+)(?::\d+)?\)?\s*$/;

/** The most causes behind an error that are told. */
const MOST_CAUSES = 8;

/**
 * A frame of the stack as the author knows it. The bundle's line says little, so `bundle.mjs` leaves a table that says where each line came
 * from. A source without a name is the SDK's own.
 */
const readFrame = (line) => {
  const found = FRAME.exec(line);
  if (found === null) return null;
  const [, name = "", path, number] = found;
  const table = globalThis.perfctlLines;
  if (table === undefined) return { name, place: `${path.replace(/^\//, "")}:${number}` };
  const source = table.sources[table.lines[2 * (number - 1)]];
  if (!source) return null;
  return { name, place: `${source}:${table.lines[2 * (number - 1) + 1]}` };
};

/** A property as a text; what is no text is shown. */
const textIn = (error, name) => {
  const value = read(error, name);
  return value === undefined ? "" : shown(value);
};

const one = (error) => {
  if (!isError(error)) {
    return { kind: "throw", message: `${shown(error)} (it is no Error, which would know its line)`, frames: [] };
  }
  const frames = textIn(error, "stack").split("\n").map(readFrame).filter((frame) => frame !== null);
  return { kind: textIn(error, "name"), message: textIn(error, "message"), frames };
};

const failure = (error) => {
  const { kind, message, frames } = one(error);
  const listed = (all) => all.map(({ name, place }) => (name === "" ? `  ${place}` : `  ${place} in ${name}`));
  const trace = listed(frames);
  const seen = new Set([error]);
  let cause = isError(error) ? read(error, "cause") : undefined;
  while (cause !== undefined && !seen.has(cause) && seen.size <= MOST_CAUSES) {
    seen.add(cause);
    const behind = one(cause);
    trace.push(`caused by ${behind.kind}: ${behind.message}`, ...listed(behind.frames));
    cause = isError(cause) ? read(cause, "cause") : undefined;
  }
  return { kind, message, place: frames[0]?.place ?? "", trace: trace.join("\n") };
};

/** Runs what happens in a call of perfctl. An error of the kind `refusal` is an answer, where the contract has a place for one. */
export const call = (run, refusal) => {
  begin();
  try {
    return run();
  } catch (error) {
    if (refusal !== undefined && isError(error) && error instanceof refusal) throw textIn(error, "message");
    failed(failure(error));
    throw error;
  }
};
