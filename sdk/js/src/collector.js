// Collectors: they turn the output of a tool into metrics. The component is built for the world `collector`.

import { asText, contentOf, registered } from "./checked.js";
import { call } from "./failure.js";

export { textOf } from "./text.js";

export class Unreadable extends Error {
  name = "Unreadable";
}

const told = ({ metrics = [], notes = [], inconclusive = null, artifacts = {} } = {}) => ({
  metrics: Array.from(metrics, ({ name, unit, samples, labels = {} }) => ({
    name: asText(name),
    unit: asText(unit),
    samples: Array.from(samples, Number),
    labels: Object.entries(labels).map(([label, value]) => [label, asText(value)]),
  })),
  notes: Array.from(notes, asText),
  artifacts: Object.entries(artifacts).map(([name, held]) => ({ name, content: contentOf(held) })),
  inconclusive: inconclusive === null ? null : asText(inconclusive),
});

export const collectors = (functions) => {
  if (Object.keys(functions).length === 0) throw new RangeError("a plugin has at least one collector");
  return {
    collect: (name, output, options) =>
      call(() => told(registered(functions, name, "collector")(output, Object.fromEntries(options))), Unreadable),
  };
};
