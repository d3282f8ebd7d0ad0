// Tells perfctl what the author's code threw.
//
// A throw that leaves a component is only "unreachable" for perfctl. So name, message, place and stack go to `log.failed` first.

import { failed } from "perfctl:plugin/log@0.1.0";
import { begin } from "./console.js";

const FRAME = /^\s*at (?:(.*?) \()?([^()]*?):(\d+)(?::\d+)?\)?\s*$/;

/**
 * A frame of the stack as the author knows it. The bundle's line says little, so `bundle.mjs` leaves a table that says where each line came
 * from. A source without a name is the SDK's own.
 */
const readFrame = (line) => {
  const read = FRAME.exec(line);
  if (read === null) return null;
  const [, name = "", path, number] = read;
  const table = globalThis.perfctlLines;
  if (table === undefined) return { name, place: `${path.replace(/^\//, "")}:${number}` };
  const source = table.sources[table.lines[2 * (number - 1)]];
  if (!source) return null;
  return { name, place: `${source}:${table.lines[2 * (number - 1) + 1]}` };
};

const failure = (error) => {
  if (!(error instanceof Error)) return { kind: "throw", message: String(error), place: "", trace: "" };
  const frames = String(error.stack ?? "").split("\n").map(readFrame).filter((frame) => frame !== null);
  const trace = frames.map(({ name, place }) => (name === "" ? `  ${place}` : `  ${place} in ${name}`));
  if (error.cause !== undefined) {
    const cause = failure(error.cause);
    trace.push(`caused by ${cause.kind}: ${cause.message}`);
    if (cause.trace !== "") trace.push(cause.trace);
  }
  return { kind: error.name, message: error.message, place: frames[0]?.place ?? "", trace: trace.join("\n") };
};

/** Runs what happens in a call of perfctl. An error of the kind `refusal` is an answer, where the contract has a place for one. */
export const call = (run, refusal) => {
  begin();
  try {
    return run();
  } catch (error) {
    if (refusal !== undefined && error instanceof refusal) throw error.message;
    failed(failure(error));
    throw error;
  }
};
