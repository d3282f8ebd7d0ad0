// SHOP-FRESH-001: data of a page that is asked for without a word on how old it may be.

import { after, type File, type Fix, type Node, type Rule } from "@perfctl/plugin";

/** What a page or layout may export to say it for everything that it asks for. */
const SAID_FOR_ALL = new Set(["revalidate", "dynamic", "fetchCache"]);

/** Seconds that a change of a price may take to be seen; the fix proposes them. */
const SECONDS = 60;

export const freshness: Rule = {
  id: "SHOP-FRESH-001",

  check(file, matches, report) {
    if (file.side !== "server" || isSaidForAll(file)) return;
    for (const match of matches.of("fetch")) {
      const call = match.node;
      if (call === null || !call.is("global.fetch") || call.reach() !== "request") continue;
      const [options, presence] = call.arg(1);
      // Options that come from elsewhere may say it.
      if (presence === "hidden" || (options !== null && !isSilent(options))) continue;
      report(call, "unsaid", { from: source(call) }, { fix: fix(call, options) });
    }
  },
};

/** Whether the page says for everything that it asks for how old it may be. */
function isSaidForAll(file: File): boolean {
  const top = file.root?.children() ?? [];
  return top.some((one) => one.kind === "assign" && one.has("export") && SAID_FOR_ALL.has(one.child("target")?.name ?? ""));
}

/** Whether these options of `fetch` are known to say nothing: of a call that changes something nobody keeps the answer. */
function isSilent(options: Node): boolean {
  const [method, given] = options.entry("method");
  if (given === "hidden") return false;
  if (method !== null && String(method.literal()[0]).toUpperCase() !== "GET") return false;
  return ["cache", "next"].every((key) => options.entry(key)[1] === "absent");
}

/** Where the data comes from, as far as that is written here. */
function source(call: Node): string {
  const [url] = call.arg(0);
  const text = url?.joined() ?? "";
  return text.match(/^https?:\/\/[^/?{]+/)?.[0] ?? "another service";
}

/** Says that the answer may be a minute old; none where options are there already, because they may be shared. */
function fix(call: Node, options: Node | null): Fix | null {
  const [url] = call.arg(0);
  if (url === null || options !== null) return null;
  return {
    title: `let the answer be ${SECONDS} s old`,
    safety: "unsafe",
    edits: [after(url, `, { next: { revalidate: ${SECONDS} } }`)],
  };
}
