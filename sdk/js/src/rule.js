// How a pack of rules becomes a component.

import * as declared from "perfctl:plugin/declared@0.1.0";
import { call } from "./failure.js";
import { Matchers, Matches, named } from "./matches.js";
import { File, Repository } from "./model.js";
import { collect, Messages } from "./report.js";

const VERDICTS = new WeakSet();

const verdict = (tag) => (reason) => {
  const said = Object.freeze({ tag, val: String(reason) });
  VERDICTS.add(said);
  return said;
};

export const notApplicable = verdict("not-applicable");
export const needsEvidence = verdict("needs-evidence");

const checked = (said) => {
  if (said == null) return null;
  if (VERDICTS.has(said)) return said;
  throw new TypeError(`a verdict is notApplicable(reason), needsEvidence(reason) or nothing, not ${said}`);
};

export const pack = (...rules) => {
  const byId = new Map();
  for (const rule of rules) {
    if (typeof rule?.id !== "string") throw new TypeError("a rule has an id");
    if (byId.has(rule.id)) throw new RangeError(`two rules have the id \`${rule.id}\``);
    byId.set(rule.id, rule);
  }
  if (byId.size === 0) throw new RangeError("a pack has at least one rule");

  // The manifest is known when the component runs, not when it is built.
  const known = [];
  const of = (number) => {
    if (known[number] === undefined) {
      const id = declared.rules()[number];
      const rule = byId.get(id);
      if (rule === undefined) {
        throw new RangeError(`the manifest names the rule \`${id}\`, but the component has ${named([...byId.keys()])}`);
      }
      known[number] = { rule, matchers: new Matchers(declared.matchers(number)), messages: new Messages(declared.messages(number)) };
    }
    return known[number];
  };

  return {
    check: (number, handle, rows) =>
      call(() => {
        const { rule, matchers, messages } = of(number);
        const file = new File(handle);
        const [report, found] = collect(messages);
        rule.check?.(file, new Matches(file, rows, matchers), report, new Repository());
        return found;
      }),
    checkRepository: (number) =>
      call(() => {
        const { rule, messages } = of(number);
        const [report, found] = collect(messages);
        return [found, checked(rule.checkRepository?.(new Repository(), report))];
      }),
  };
};
