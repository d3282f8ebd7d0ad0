// Rules for perfctl in JavaScript or TypeScript.

export { Match, Matches } from "./matches.js";
export * from "./model.js";
export { after, before, replace } from "./report.js";
export { needsEvidence, notApplicable, pack } from "./rule.js";
export { bytesOf, textOf } from "./text.js";
