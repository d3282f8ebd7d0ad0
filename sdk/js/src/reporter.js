// Formats of reports: they render the record of a run. The component is built for the world `reporter`.

import { contentOf, registered } from "./checked.js";
import { call } from "./failure.js";
import { textOf } from "./text.js";

export class Unrenderable extends Error {
  name = "Unrenderable";
}

export const formats = (functions) => {
  if (Object.keys(functions).length === 0) throw new RangeError("a plugin has at least one format");
  return {
    render: (name, record, view) =>
      call(() => contentOf(registered(functions, name, "reporter")(JSON.parse(textOf(record)), view)), Unrenderable),
  };
};
