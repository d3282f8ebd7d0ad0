import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { transform } from "esbuild";

// Older versions of Node do not read TypeScript, and the bundler is there anyway.
const source = await readFile(new URL("../src/names.ts", import.meta.url), "utf8");
const { code } = await transform(source, { loader: "ts" });
const { moduleOf } = await import(`data:text/javascript,${encodeURIComponent(code)}`);

test("components lie in modules of their names", () => {
  for (const [component, module] of [
    ["Button", "button"],
    ["DatePicker", "date-picker"],
    ["useToast", "use-toast"],
    ["SVGIcon", "svg-icon"],
    ["Grid12", "grid12"],
    ["H1", "h1"],
  ]) {
    assert.equal(moduleOf(component), module);
  }
});
