// How a pack of rules becomes a component.

import { asShown, waits } from "./checked.js";
import * as declared from "./contract/declared.js";
import { call } from "./failure.js";
import { Matchers, Matches, named } from "./matches.js";
import { File, Repository } from "./model.js";
import { collect, Messages } from "./report.js";
import { brief } from "./shown.js";

const VERDICTS = new WeakSet();

const verdict = (tag) => (reason) => {
  const said = Object.freeze({ tag, val: asShown(reason) });
  VERDICTS.add(said);
  return said;
};

export const notApplicable = verdict("not-applicable");
export const needsEvidence = verdict("needs-evidence");

const checked = (said) => {
  if (said == null) return null;
  if (VERDICTS.has(said)) return said;
  throw new TypeError(`a verdict is notApplicable(reason), needsEvidence(reason) or nothing, not ${brief(said)}${waits(said)}`);
};

/** What a rule may have, and for which matchers it is called. */
const METHODS = { check: "matchers of files", checkRepository: "a matcher of kind `repository`" };

/** Refuses a rule of which something would never be called: it would find nothing, and say nothing. */
const examine = (rule) => {
  if (typeof rule?.id !== "string") throw new TypeError("a rule has an id");
  const names = Object.keys(METHODS);
  // Objects of a class may keep things of their own.
  const isPlain = [Object.prototype, null].includes(Object.getPrototypeOf(rule));
  const stranger = isPlain && Object.keys(rule).find((name) => name !== "id" && !names.includes(name));
  if (stranger) {
    const there = `there is ${named(names)}, and functions of its own stand beside it`;
    throw new RangeError(`the rule \`${rule.id}\` has \`${stranger}\`, which nothing calls: ${there}`);
  }
  const given = names.filter((name) => rule[name] !== undefined);
  if (given.length === 0) throw new TypeError(`the rule \`${rule.id}\` judges nothing: it has neither \`check\` nor \`checkRepository\``);
  const other = given.find((name) => typeof rule[name] !== "function");
  if (other !== undefined) throw new TypeError(`\`${other}\` of the rule \`${rule.id}\` is ${brief(rule[other])}, and no function`);
};

/** Calls a method of a rule, which perfctl asks for because of the rule's matchers. */
const judge = (rule, method, ...given) => {
  if (rule[method] !== undefined) return rule[method](...given);
  throw new TypeError(`rule.toml of \`${rule.id}\` has ${METHODS[method]}, but the rule has no \`${method}\``);
};

/** Refuses what `check` returns: a promise, or a generator, has judged nothing yet. */
const nothing = (rule, returned) => {
  if (returned == null) return;
  throw new TypeError(`\`check\` of the rule \`${rule.id}\` returned ${brief(returned)}, of which nothing comes${waits(returned)}`);
};

export const pack = (...rules) => {
  const byId = new Map();
  for (const rule of rules) {
    examine(rule);
    if (byId.has(rule.id)) throw new RangeError(`two rules have the id \`${rule.id}\``);
    byId.set(rule.id, rule);
  }
  if (byId.size === 0) throw new RangeError("a pack has at least one rule");

  // The manifest is known when the component runs, not when it is built.
  let ids;
  const listed = () => {
    const all = declared.rules();
    const lost = [...byId.keys()].find((id) => !all.includes(id));
    if (lost === undefined) return all;
    const there = `there is ${named(all)}`;
    throw new RangeError(`the component has the rule \`${lost}\`, but the pack no folder \`${lost}\` with its rule.toml: ${there}`);
  };
  const known = [];
  const of = (number) => {
    if (known[number] === undefined) {
      ids ??= listed();
      const id = ids[number];
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
        nothing(rule, judge(rule, "check", file, new Matches(file, rows, matchers), report, new Repository()));
        return found;
      }),
    checkRepository: (number) =>
      call(() => {
        const { rule, messages } = of(number);
        const [report, found] = collect(messages);
        return [found, checked(judge(rule, "checkRepository", new Repository(), report))];
      }),
  };
};
