// What nodes, functions and loops say of a call.

import type { Func, Loop, Node } from "@perfctl/plugin";
import { listed, literal, orDash, yes } from "./told.ts";

/** Everything about a call, as facts for the reader. */
export const told = (call: Node): Record<string, string> => {
  const func = call.func();
  return {
    node: itself(call),
    tree: tree(call),
    target: target(call),
    arguments: listed(call.args().map(value)),
    given: given(call),
    loops: listed(call.loops().map((found) => turns(found, call))),
    reach: reach(call),
    flow: flow(call),
    ...(func && { function: of(func) }),
  };
};

const itself = (node: Node): string => {
  const [start, end] = node.bytes();
  return (
    `${node.kind} '${node.text}' ${node.name} lines ${node.line}-${node.lastLine} bytes ${end - start} ` +
    `at ${node.file.path}: ${node.source}`
  );
};

const tree = (node: Node): string => {
  const statement = node.statement();
  const around = node.enclosing(["function", "class"]);
  const names = node.descendants("name");
  const urls = node.descendants("name", "url");
  const callee = node.child("callee");
  const parts = node.children().map((child) => child.role());
  return (
    `${node.role()} of ${orDash(node.parent()?.kind)}; callee ${orDash(callee?.source)}; parts ${listed(parts)}; ` +
    `${node.children("arg").length} arguments; in ${orDash(around?.name)}; statement ${orDash(statement?.line)}, ` +
    `next ${orDash(statement?.nextStatement()?.line)}; names ${listed(names.map((name) => name.text))}, urls ${urls.length}; ` +
    `within ${yes(around !== null && node.isWithin(around))}; ` +
    `itself ${yes(callee?.parent()?.same(node) ?? false)}; new ${yes(node.has("new"))}`
  );
};

const target = (call: Node): string => {
  const receiver = call.receiver();
  const put = call.is(["requests.post", "requests.{put,patch}"]);
  return (
    `${listed(call.target())}; reads ${yes(call.is("requests.get"))}; put ${yes(put)}; ` +
    `receiver ${orDash(receiver?.source)} from ${orDash(receiver && listed(receiver.origin()))}; ` +
    `fact ${orDash(call.fact("library"))}; defined ${orDash(call.definition()?.kind)}`
  );
};

/** What is known of a value. */
export const value = (node: Node): string =>
  `${node.source}: ${node.kind} ${node.sort()} ${literal(node.literal())} joined ${orDash(node.joined())} ` +
  `value ${orDash(node.value()?.source)} parameter ${orDash(node.paramPosition())} requests ${yes(node.comesFrom("requests.**"))}`;

const given = (call: Node): string => {
  const [first, presence] = call.arg(0);
  const [params, ofParams] = call.arg("params");
  const [page, ofPage] = params === null ? [null, ofParams] : params.entry("page");
  const [, ninth] = call.arg(8);
  return `first ${orDash(first?.source)} ${presence}; page ${orDash(page?.source)} ${ofPage}; ninth ${ninth}`;
};

const turns = (found: Loop, call: Node): string =>
  `${found.kind} over ${orDash(found.iter?.source)} from line ${found.node.line} carries ${yes(found.carries(call))} ` +
  `reads ${yes(call.readsFrom(found.node))}`;

const reach = (node: Node): string => {
  const [effects, blocking] = node.effects();
  const fromLoop = node.fromLoop();
  return (
    `${node.reach()} ${node.symbol()} route ${listed(node.route().map((stop) => stop.symbol))}; ` +
    `effects ${listed(effects)} blocking ${listed(blocking)}; ` +
    `chain ${listed(node.chain(["http", "sleep"]).map((hop) => hop.callee))}; ` +
    `from a loop ${orDash(fromLoop && listed(fromLoop.map((hop) => hop.callee)))}; ` +
    `callees ${listed(node.callees().map((func) => func.name))}`
  );
};

const flow = (node: Node): string => {
  const [after, before] = node.chained();
  const aliases = node.aliases();
  const uses = node.uses().map((use) => `${use.node.line} in ${use.top.kind} for ${use.calls.length}`);
  return (
    `awaited ${yes(node.isAwaited())}; argument of ${node.argumentOf().length}; chained ${after.length} and ${before.length}; ` +
    `aliases ${orDash(aliases && listed(aliases.map((name) => name.line)))}; uses ${listed(uses)}`
  );
};

const of = (func: Func): string => {
  const [effects, blocking] = func.effects();
  return (
    `${func.name} line ${func.node.line} async ${yes(func.isAsync)} generator ${yes(func.isGenerator)} lambda ${yes(func.isLambda)} ` +
    `${func.reach}; params ${listed(func.params.map((param) => param.name))}; decorators ${listed(func.decorators())}; ` +
    `effects ${listed(effects)} blocking ${listed(blocking)}; posts in ${orDash(func.calls("requests.post")?.line)}; ` +
    `callers ${listed(func.callers().map((call) => call.line))}; registrations ${func.registrations().length}; ` +
    `route ${listed(func.route().map((stop) => stop.symbol))}`
  );
};
