// SHOP-EDGE-001: an endpoint that does not tell the edge how long it may keep the answer.

import type { File, Func, Node, Rule } from "@perfctl/plugin";

/** How many functions deep a handler's helpers are looked into. */
const DEPTH = 3;

const TOLD = ["@shop/edge.*"];
const HEADERS = ["set", "setHeader", "header", "append"];

export const toldEdge: Rule = {
  id: "SHOP-EDGE-001",

  check(file, matches, report) {
    for (const match of matches.of("handler")) {
      const handler = match.node?.func();
      if (!handler) continue;
      // Only what is asked for with GET is kept by the edge.
      const routes = handler.registrations().filter((route) => route.is("express.**") && route.name === "get");
      if (routes.length === 0 || tells(handler, DEPTH) || routes.every((route) => isTold(route, file))) continue;
      const [path, known] = routes[0]!.arg(0)[0]?.literal() ?? [null, false];
      report(handler.node, "untold", { path: known ? String(path) : "this path" }, {
        related: [[routes[0]!, "answers here"]],
        // What a handler of another file is wrapped in may tell it.
        confidence: routes[0]!.file.path === file.path ? "high" : "medium",
      });
    }
  },
};

/** Whether a function tells the edge, itself or through functions that it calls. */
function tells(func: Func, depth: number): boolean {
  if (func.calls(TOLD) !== null) return true;
  const calls = func.node.descendants("call");
  if (calls.some(setsHeader)) return true;
  return depth > 0 && calls.some((call) => call.callees().some((callee) => tells(callee, depth - 1)));
}

/** Whether a call sets the header by hand. */
function setsHeader(call: Node): boolean {
  if (!HEADERS.includes(call.name)) return false;
  const [name] = call.arg(0);
  // Several headers may be set as one object.
  return /^cache-control$/i.test(String(name?.literal()[0])) || name?.entry("Cache-Control")[1] === "given";
}

/** Whether middleware tells it: of the route, or of the whole router that the route is of. */
function isTold(route: Node, file: File): boolean {
  if (route.args().some(isMiddleware)) return true;
  const router = route.receiver()?.source;
  const all = file.root?.descendants("call", "use") ?? [];
  return all.some((use) => use.receiver()?.source === router && use.args().some(isMiddleware));
}

function isMiddleware(arg: Node): boolean {
  return arg.kind === "call" ? arg.is(TOLD) : arg.comesFrom(TOLD);
}
