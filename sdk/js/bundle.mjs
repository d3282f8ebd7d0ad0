#!/usr/bin/env node
// Makes one module of a plugin in TypeScript or JavaScript, as componentize-qjs takes it:
//
//   perfctl-plugin-bundle src/rules.ts bundle.js [--without-files]
//
// `--without-files` is for packs that do not ask for the capability `files`; their component is built for `rule-pack-without-files`.
//
// Behind it stands a table that says where each line came from, so that a failure names the author's line and not the bundle's.

import { realpathSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const OWN = dirname(fileURLToPath(import.meta.url)) + sep;
const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** The numbers of one segment of a source map: base 64, five bits each, the least first, the sign last. */
const numbers = (segment) => {
  const found = [];
  let value = 0;
  let shift = 0;
  for (const digit of segment) {
    const bits = DIGITS.indexOf(digit);
    value |= (bits & 31) << shift;
    shift += 5;
    if (bits & 32) continue;
    found.push(value & 1 ? -(value >>> 1) : value >>> 1);
    value = shift = 0;
  }
  return found;
};

/** For each line of the bundle two numbers: the position of its source, -1 for none, and the line there, counted from 1. */
export const lines = (mappings) => {
  const table = [];
  let source = 0;
  let line = 0;
  for (const generated of mappings.split(";")) {
    let first = null;
    for (const segment of generated.split(",")) {
      const [, bySource, byLine] = numbers(segment);
      if (bySource === undefined) continue;
      source += bySource;
      line += byLine;
      first ??= [source, line + 1];
    }
    table.push(...(first ?? [-1, 0]));
  }
  return table;
};

/** The plugin's own esbuild: this package may be linked from elsewhere. */
const esbuild = async () => {
  const path = createRequire(join(process.cwd(), "package.json")).resolve("esbuild");
  return (await import(pathToFileURL(path))).default;
};

/** The interfaces of perfctl are linked, not bundled. */
const outside = {
  name: "outside",
  setup: (build) => build.onResolve({ filter: /^perfctl:/ }, ({ path }) => ({ path, external: true })),
};

/** Stands for the interface `files` where the world does not have it. */
const withoutFiles = {
  name: "without-files",
  setup(build) {
    build.onResolve({ filter: /^perfctl:plugin\/files@/ }, ({ path }) => ({ path, namespace: "absent" }));
    build.onLoad({ filter: /.*/, namespace: "absent" }, async () => {
      const model = await readFile(join(OWN, "src", "model.js"), "utf8");
      const names = new Set([...model.matchAll(/\$files\.(\w+)\(/g)].map(([, name]) => name));
      const refuse = "() => { throw new Error('it needs `capabilities = [\"files\"]` in pack.toml'); }";
      return { contents: [...names].map((name) => `export const ${name} = ${refuse};\n`).join("") };
    });
  },
};

/** Bundles a module. */
export const bundle = async (entry, output, { hasFiles = true } = {}) => {
  const { build } = await esbuild();
  const { outputFiles, metafile } = await build({
    entryPoints: [entry],
    outfile: output,
    bundle: true,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    target: "es2023",
    // Nothing waits for a promise in a component. What makes them is written out, so that the SDK can refuse it where it is called.
    supported: { "async-await": false, "async-generator": false, "for-await": false },
    charset: "utf8",
    plugins: hasFiles ? [outside] : [withoutFiles, outside],
    sourcemap: "external",
    metafile: true,
    write: false,
  });
  // What is not exported is not called, and the component would end with a bare trap.
  const exported = Object.values(metafile.outputs).flatMap((file) => file.exports);
  if (!exported.some((name) => ["rules", "collection", "rendering"].includes(name))) {
    const has = exported.length > 0 ? `it exports ${exported.join(", ")}` : "it exports nothing";
    throw new Error(
      `${entry} has to export \`rules\` (\`export const rules = pack(...)\`), \`collection\` or \`rendering\`, and ${has}`,
    );
  }
  const textOf = (ending) => outputFiles.find((file) => file.path.endsWith(ending)).text;
  const map = JSON.parse(textOf(".map"));
  const sources = map.sources.map((path) => {
    const from = resolve(dirname(output), path);
    // The SDK's own lines are none of the author's.
    return from.startsWith(OWN) || path.startsWith("absent:") ? "" : relative(process.cwd(), from).split(sep).join("/");
  });
  const table = JSON.stringify({ sources, lines: lines(map.mappings) });
  await writeFile(output, `${textOf(".js")}globalThis.perfctlLines = ${table};\n`);
};

if (process.argv[1] !== undefined && fileURLToPath(import.meta.url) === realpathSync(process.argv[1])) {
  const given = process.argv.slice(2);
  const hasFiles = !given.includes("--without-files");
  const [entry, output, ...more] = given.filter((word) => word !== "--without-files");
  if (output === undefined || more.length > 0) {
    console.error("usage: perfctl-plugin-bundle ENTRY OUTPUT [--without-files]");
    process.exit(2);
  }
  try {
    await bundle(entry, output, { hasFiles });
  } catch (error) {
    // What esbuild finds wrong with a source it has said already, with the line.
    if (error.errors === undefined) console.error(`error: ${error.message}`);
    process.exit(1);
  }
}
