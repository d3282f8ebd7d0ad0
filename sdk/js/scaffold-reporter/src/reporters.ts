// The format of this pack. `perfctl schema run` describes the record that it gets.

import { formats, type Format } from "@perfctl/plugin/reporter";

// Called once per report. Unrenderable says why there is no such document of this record.
/** A line for each finding. */
const lines: Format = (record, view) => {
  const isShown = (one: any) => (view.suspicions || one.confidence !== "low") && (view.silenced || one.silenced === undefined);
  const findings = record.findings.filter(isShown);
  const head = `${record.source.name}: ${findings.length} finding${findings.length === 1 ? "" : "s"}`;
  const body = findings.map((one: any) => `${one.severity} ${one.rule} ${one.place.path}:${one.place.line} ${one.message}`);
  return `${[head, ...body].join("\n")}\n`;
};

export const rendering = formats({ "NEW-PACK": lines });
