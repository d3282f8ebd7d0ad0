// The rules of this pack. Each has a folder with its `rule.toml`, which says what to look at, and its `cases`.

import { pack, type Loop, type Node } from "@perfctl/plugin";

/** The loop that runs the call again and again with the same pattern; none when there is none. */
function wastedIn(call: Node): Loop | undefined {
  const loops = call.loops();
  const [pattern] = call.arg(0);
  for (const around of loops) {
    // A pattern made from the loop's element has to be compiled in the loop.
    if (pattern !== null && around.carries(pattern)) return undefined;
    // A few turns over a constant cost nothing.
    if (around.kind === "constant") return undefined;
  }
  return loops[0];
}

export const rules = pack({
  id: "NEW-RULE-1",

  // Called once per file that has matches. It looks at each match and reports it, or leaves it alone.
  check(file, matches, report) {
    for (const match of matches.of("compile")) {
      const call = match.node;
      const around = call && wastedIn(call);
      if (call && around) {
        report(call, "compiled-in-loop", { call: call.name }, {
          // High only if every fact that tells it from the known false alarms was decided.
          confidence: "medium",
          related: [[around.node, "the loop"]],
        });
      }
    }
  },
});
