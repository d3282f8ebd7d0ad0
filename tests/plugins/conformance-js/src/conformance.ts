// The rule that every language has: it asks for as much of the API as one rule can, and reports what it was told.

import {
  after, before, type Fix, type Match, needsEvidence, Node, notApplicable, pack, type Presence, replace, type Report, type Rule, type Value,
} from "@perfctl/plugin";
import { aFile, theRepository } from "./files.ts";
import { told, value } from "./nodes.ts";
import { listed, orDash, yes } from "./told.ts";
import { values } from "./values.ts";

const PRESENCE = { given: "with", absent: "without", hidden: "maybe with" };

const conformance: Rule = {
  id: "CONF-001",

  check(file, matches, report, repo) {
    for (const found of matches.of("request")) request(found.node!, report);
    for (const found of matches.of("append")) append(found, report);
    for (const found of matches.of("print")) {
      const values = found.captures("VALUES").map((captured) => captured.source);
      report(found, "print", { count: values.length, values: listed(values) });
    }
    for (const found of matches.of("marker")) marker(found, report);
    aFile(file, report, repo);
  },

  checkRepository(repo, report) {
    if (repo.at("app.py") === null) return notApplicable("there is no app.py");
    theRepository(repo, report);
    return needsEvidence("only a comparison with the other languages decides");
  },
};

const fixOf = (call: Node, timeout: Node | null, presence: Presence): Fix => {
  const last = call.args().at(-1);
  if (presence === "given" && timeout !== null) return { title: "Wait for a second", edits: [replace(timeout, "1")] };
  if (presence === "absent" && last !== undefined) {
    return { title: "Add a timeout", edits: [after(last, ", timeout=1")], safety: "unsafe" };
  }
  return { title: "Keep the answer", edits: [before(call, "answer = ")], safety: "safe" };
};

const request = (call: Node, report: Report): void => {
  const [timeout, presence] = call.arg("timeout");
  console.log(`line ${call.line}: ${presence}`);
  const args = {
    library: call.target()[0]?.split(".")[0] ?? "-",
    presence: PRESENCE[presence],
    function: orDash(call.func()?.name),
  };
  report(call, "request", args, {
    confidence: presence === "hidden" ? "low" : null,
    reach: presence === "hidden" ? "script" : null,
    severity: call.name === "post" ? "high" : null,
    related: call.loops().map((place) => [place.node, `a ${place.kind} loop`]),
    notes: told(call),
    fix: fixOf(call, timeout, presence),
  });
};

const append = (found: Match, report: Report): void => {
  const item = found.capture("ITEM");
  const notes: Record<string, Value> = { matcher: found.matcher };
  if (item instanceof Node) notes["item"] = value(item);
  if (found.node !== null) notes["awaited"] = yes(found.node.isAwaited());
  report(found, "append", { item: orDash(item?.source), list: orDash(found.capture("LIST")?.source) }, { notes });
};

const marker = (found: Match, report: Report): void => {
  const { span } = found;
  if (span === null) return;
  const notes = {
    line: span.line,
    length: span.end - span.start,
    commands: span.commands().length,
    "same file": yes(found.file.path === span.file.path),
  };
  report(span, "marker", { text: span.source }, { notes, fix: { title: "Take it out", edits: [replace(span, "done")] } });
};

export const rules = pack(conformance, values);
