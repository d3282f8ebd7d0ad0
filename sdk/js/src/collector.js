// Collectors: they turn the output of a tool into metrics. The component is built for the world `collector`.

import { asShown, asText, contentOf, registered, withOnly } from "./checked.js";
import { call } from "./failure.js";
import { brief } from "./shown.js";

export { textOf } from "./text.js";

export class Unreadable extends Error {
  name = "Unreadable";
}

const PARTS = ["metrics", "notes", "inconclusive", "artifacts"];
const METRIC = ["name", "unit", "samples", "labels"];

/** A sample. `Number` would make 0 of nothing, and a budget pass on it. */
const sample = (name) => (given) => {
  if (typeof given === "number") return given;
  throw new TypeError(`a sample of \`${name}\` is a number, not ${brief(given)}`);
};

const metric = (given) => {
  const { name, unit, samples, labels = {} } = withOnly(METRIC, "a metric", given);
  return {
    name: asText(name),
    unit: asText(unit),
    samples: Array.from(samples, sample(name)),
    labels: Object.entries(labels).map(([label, value]) => [asText(label), asShown(value)]),
  };
};

const told = (given) => {
  const { metrics = [], notes = [], inconclusive = null, artifacts = {} } = withOnly(PARTS, "what a collector returns", given);
  return {
    metrics: Array.from(metrics, metric),
    notes: Array.from(notes, asShown),
    artifacts: Object.entries(artifacts).map(([name, held]) => ({ name: asText(name), content: contentOf(held) })),
    inconclusive: inconclusive === null ? null : asShown(inconclusive),
  };
};

export const collectors = (functions) => {
  if (Object.keys(functions).length === 0) throw new RangeError("a plugin has at least one collector");
  return {
    collect: (name, output, options) =>
      call(() => told(registered(functions, name, "collector")(output, Object.fromEntries(options))), Unreadable),
  };
};
