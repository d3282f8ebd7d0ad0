// What files and the repository say.

import { bytesOf, type File, type Report, type Repository, type SqlStatement } from "@perfctl/plugin";
import { aDocument } from "./documents.ts";
import { aCommand, aStage } from "./docker.ts";
import { listed, orDash, yes } from "./told.ts";

const statement = (found: SqlStatement): string =>
  `${found.kind} of ${listed(found.sources.map((table) => table.name))} star ${orDash(found.star?.qualifier)} limit ${found.limit} ` +
  `filter ${found.filter} by ${listed(found.orderBy)} on ${listed(found.compares.map((one) => `${one.column} ${one.operator}`))}`;

/** A file of code. */
export const aFile = (file: File, report: Report, repo: Repository): void => {
  const first = file.lineSpan(1);
  const word = file.span(first.start + 3, first.start + 4);
  const notes = {
    class: file.class,
    side: file.side,
    below: file.pathBelowNamed,
    length: bytesOf(file.text).length,
    root: orDash(file.root?.kind),
    partial: yes(file.isPartial),
    imports: yes(file.imports(["requests", "httpx"])),
    docker: yes(file.docker !== null),
    documents: yes(file.documents !== null),
    commands: yes(file.commands() !== null),
    word: word.source,
    sql: listed(file.sql("SELECT a.*, b FROM pages AS a WHERE id = 1 ORDER BY b LIMIT 3").map(statement)),
    "loaded by": listed(repo.loadedBy(file.path).map((way) => listed(way.map((hop) => hop.path)))),
    deployed: listed(repo.deployTargets(file.path).map((target) => target.name)),
  };
  report(first, "file", { path: file.path, language: orDash(file.language) }, { notes });
};

/** The repository and the files in it that are no code. */
export const theRepository = (repo: Repository, report: Report): void => {
  const patterns = ["requests", "requests.**"];
  const [imports, first] = repo.imports(patterns);
  const calls = repo.calls("requests.get");
  const call = calls[0];
  const app = repo.open("app.py");
  if (app !== null && call !== undefined) {
    const notes = {
      imports: `${yes(imports)} ${orDash(first)}`,
      calls: listed(calls.map((one) => one.line)),
      same: yes(call.file.path === app.path),
      paths: listed(repo.paths("*.{py,yaml}")),
      below: listed(repo.below("")),
      at: `${orDash(repo.at("app.py"))} ${orDash(repo.at("nothing"))}`,
      size: orDash(repo.size("Makefile")),
      text: orDash(repo.text("Makefile")?.trimEnd().split("\n").length),
      holding: listed(repo.holding("*", ["example.org", "gunicorn"])),
      fact: orDash(repo.fact("conformance.nothing")?.size),
    };
    report(call, "repository", { importers: listed(repo.importers(patterns)), module: "requests" }, { notes });
  }
  const docker = repo.open("Dockerfile")?.docker;
  for (const stage of docker?.stages ?? []) aStage(stage, docker!, report);
  for (const document of repo.open("settings.yaml")?.documents ?? []) aDocument(document, report);
  for (const command of repo.open("Makefile")?.commands() ?? []) aCommand(command, report);
};
