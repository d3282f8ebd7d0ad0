// SHOP-UI-001: the whole kit of components in a page's bundle, for a few of them.

import { replace, type Fix, type Node, type Rule } from "@perfctl/plugin";

import { moduleOf } from "./names.ts";

const KIT = "@shop/ui";

export const wholeKit: Rule = {
  id: "SHOP-UI-001",

  check(file, matches, report) {
    // On the server the kit is loaded once; only what a browser loads is paid for by every visitor.
    if (file.side === "server") return;
    for (const match of matches.of("import")) {
      const statement = match.node;
      if (statement === null || statement.text !== KIT) continue;
      const items = statement.children("item").filter((item) => !isType(statement, item));
      if (items.length === 0) continue;
      report(statement, "whole", { names: items.map((item) => item.name || item.source).join(", ") }, {
        // Where neither framework nor directive says it, the file may be for the server.
        confidence: file.side === "browser" ? "high" : "medium",
        fix: fix(statement, items),
      });
    }
  },
};

/** Whether the compiler takes an import out again, because only types are imported. */
function isType(statement: Node, item: Node): boolean {
  return [statement, item].some((one) => one.has("type-only")) || /^(import\s+)?type\s/.test(item.source) || /^import\s+type\s/.test(statement.source);
}

/** One import for each component; none where the kit is imported as a whole (`* as UI`), because every use would change. */
function fix(statement: Node, items: Node[]): Fix | null {
  const all = statement.children("item");
  if (all.length !== items.length || items.some((item) => !/^\w+(\s+as\s+\w+)?$/.test(item.source) || item.name === "default")) return null;
  const quote = statement.source.includes("'") ? "'" : '"';
  const end = statement.source.trimEnd().endsWith(";") ? ";" : "";
  const lines = items.map((item) => `import { ${item.source} } from ${quote}${KIT}/${moduleOf(item.name)}${quote}${end}`);
  return { title: "import each component from its own module", safety: "safe", edits: [replace(statement, lines.join("\n"))] };
}
