/**
 * Rules for perfctl in JavaScript or TypeScript.
 *
 * ```ts
 * import { pack, type Rule } from "@perfctl/plugin";
 *
 * const httpTimeout: Rule = {
 *   id: "ACME-HTTP-001",
 *   check(file, matches, report) {
 *     for (const match of matches.of("request")) {
 *       const [, presence] = match.node!.arg("timeout");
 *       if (presence === "absent") report(match, "no-timeout", { library: match.node!.target()[0] });
 *     }
 *   },
 * };
 *
 * export const rules = pack(httpTimeout);
 * ```
 */

import type {
  Confidence, Doc, File, Instruction, Node, Reach, Repository, Safety, Severity, ShellCommand, Span,
} from "./model.js";

export * from "./model.js";
export { bytesOf, textOf } from "./text.js";

declare global {
  /** Lines go to perfctl, which shows them to the rule's author. */
  interface Console {
    log(...values: any[]): void;
    info(...values: any[]): void;
    warn(...values: any[]): void;
    error(...values: any[]): void;
    debug(...values: any[]): void;
    trace(...values: any[]): void;
  }
  var console: Console;
}

/** A match of one of the rule's matchers. Reading it asks perfctl nothing, except for the span of a node. */
export declare class Match {
  private constructor();
  /** The matcher's name. */
  readonly matcher: string;
  /** The file. */
  readonly file: File;
  /** What matched, for matchers over code; null where a pattern matched something that the tree leaves out. */
  readonly node: Node | null;
  /** The bytes that matched; null when the file as a whole matched. */
  readonly span: Span | null;
  /** The first byte of what matched, and where it ends; null when the file as a whole matched. */
  readonly bytes: [number, number] | null;
  /** What a variable of a pattern stands for: a node, else its bytes; of `$$$NAME` the first. */
  capture(name: string): Node | Span | null;
  /** Everything that `$$$NAME` stands for. */
  captures(name: string): (Node | Span)[];
}

/** The matches of a rule in a file, in their order. */
export declare class Matches implements Iterable<Match> {
  private constructor();
  /** The file. */
  readonly file: File;
  /** How many there are. */
  readonly length: number;
  /** The match at a position; from the end for a negative one. */
  at(index: number): Match | undefined;
  /** The matches of the matcher with that name. */
  of(matcher: string): Match[];
  [Symbol.iterator](): Iterator<Match>;
}

/** Anything with a place; that of a match is what matched. */
export type Place = Match | Node | Span | File | Doc | Instruction | ShellCommand;

/** A change of one place; `replace`, `before` and `after` make one. */
export interface Edit {
  readonly at: Place;
  readonly how: number;
  readonly text: string;
}

/** Puts a text in place of something. */
export declare function replace(at: Place, text: string): Edit;
/** Puts a text before something. */
export declare function before(at: Place, text: string): Edit;
/** Puts a text behind something. */
export declare function after(at: Place, text: string): Edit;

/** A ready change. Its class is at most that of `fix` in `rule.toml`. */
export interface Fix {
  /** What it does, in the imperative. */
  title: string;
  /** Replacements that do not overlap. */
  edits: Iterable<Edit>;
  /** What may be done with it unasked; "shown-only" unless said. */
  safety?: Safety;
}

/**
 * What a text of a message, or a fact for the reader, may be. Numbers are shown as in every language, without an exponent: `0.0000001`. Half
 * of a character, as `slice` leaves of an emoji, is replaced.
 */
export type Value = string | number | boolean;

/** What else a finding says. */
export interface Options {
  /** Severity, where this place is to be judged otherwise than the rule says. */
  severity?: Severity | null;
  /** Confidence; "high" unless said. */
  confidence?: Confidence | null;
  /** How the code runs; worked out from the place unless said. */
  reach?: Reach | null;
  /** Places that explain it, each with a sentence; at most 16. */
  related?: Iterable<readonly [Place, string]>;
  /** Facts for the reader by key; at most 16. */
  notes?: Record<string, Value>;
  /** A ready change. */
  fix?: Fix | null;
}

/**
 * Reports a finding at a place, with a message of `rule.toml` by its key. `args` holds what stands between braces in the message. More than
 * 1 000 findings in one call end it with an error.
 */
export type Report = (at: Place, message: string, args?: Record<string, Value>, options?: Options) => void;

/** What a rule says of the repository as a whole. Findings that count make it fail all the same. */
export interface Verdict {
  readonly tag: "not-applicable" | "needs-evidence";
  readonly val: string;
}

/** There is nothing here that the rule is about. */
export declare function notApplicable(reason: string): Verdict;
/** Only a measurement or a signature can decide it. */
export declare function needsEvidence(reason: string): Verdict;

/** A rule. It has `check`, `checkRepository` or both, and nothing else that is named wrongly by a slip: `pack` refuses what nothing calls. */
export interface Rule {
  /** Its id, as in the manifest and the folder of its `rule.toml`. */
  id: string;
  /** Judges the matches of the rule in a file; called once per file that has any. It returns nothing: what would come later never comes. */
  check?(file: File, matches: Matches, report: Report, repo: Repository): void;
  /** Judges the repository, once, for a rule with a matcher of kind `repository`. */
  checkRepository?(repo: Repository, report: Report): Verdict | null | void;
}

/** What perfctl calls. */
export interface Pack {
  check(rule: number, file: number, rows: number[]): unknown;
  checkRepository(rule: number): unknown;
}

/** Registers the rules of a component. The module that is bundled exports the result under the name `rules`. */
export declare function pack(...rules: Rule[]): Pack;
