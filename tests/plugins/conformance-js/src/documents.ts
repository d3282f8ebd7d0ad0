// What documents say.

import type { Doc, Report } from "@perfctl/plugin";
import { listed, orDash, scalar, yes } from "./told.ts";

export const aDocument = (document: Doc, report: Report): void => {
  const [service] = document.get("service");
  if (service === null) return;
  for (const entry of service.entries()) {
    const notes = {
      kind: `${entry.kind} line ${entry.line} ${entry.span.source}`,
      text: entry.text,
      entries: listed(entry.entries().map(scalar)),
      commands: listed(entry.commands().map((command) => command.name)),
      parent: orDash(entry.parent()?.key),
    };
    report(entry, "setting", { key: orDash(entry.key), value: scalar(entry) }, { notes });
  }
  const [missing, presence] = document.get("service.missing");
  const notes = {
    missing: yes(missing !== null),
    limits: listed(document.select("service.limits[*]").map((limit) => limit.text)),
    workers: listed(document.findAll("workers").map((entry) => entry.text)),
    blocks: document.blocks("resource").length,
    tag: `${orDash(document.tag)} ${listed(document.labels)}`,
  };
  report(document, "setting", { key: "missing", value: presence }, { notes });
};
