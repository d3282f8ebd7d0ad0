// Formats of reports: they render the record of a run. The component is built for the world `reporter`.

import { call } from "./failure.js";
import { bytesOf, textOf } from "./text.js";

export class Unrenderable extends Error {
  name = "Unrenderable";
}

export const formats = (...functions) => {
  if (functions.length === 0) throw new RangeError("a plugin has at least one format");
  return {
    render: (number, record, view) =>
      call(() => {
        const document = functions[number](JSON.parse(textOf(record)), view);
        return typeof document === "string" ? bytesOf(document) : document;
      }, Unrenderable),
  };
};
