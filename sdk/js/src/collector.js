// Collectors: they turn the output of a tool into metrics. The component is built for the world `collector`.

import { asText } from "./checked.js";
import { call } from "./failure.js";

export { textOf } from "./text.js";

export class Unreadable extends Error {
  name = "Unreadable";
}

const told = ({ metrics = [], notes = [], inconclusive = null } = {}) => ({
  metrics: Array.from(metrics, ({ name, unit, samples, labels = {} }) => ({
    name: asText(name),
    unit: asText(unit),
    samples: Array.from(samples, Number),
    labels: Object.entries(labels).map(([label, value]) => [label, asText(value)]),
  })),
  notes: Array.from(notes, asText),
  inconclusive: inconclusive === null ? null : asText(inconclusive),
});

export const collectors = (...functions) => {
  if (functions.length === 0) throw new RangeError("a plugin has at least one collector");
  return {
    collect: (number, output, options) =>
      call(() => told(functions[number](output, Object.fromEntries(options))), Unreadable),
  };
};
