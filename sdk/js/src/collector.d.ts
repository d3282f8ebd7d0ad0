/**
 * Collectors: they turn the output of a tool into metrics. The component is built for the world `collector`.
 *
 * ```ts
 * import { collectors, type Collector } from "@perfctl/plugin/collector";
 *
 * const wallTime: Collector = (output) => ({
 *   metrics: [{ name: "wall-time", unit: "ms", samples: [output.stdout.length] }],
 * });
 *
 * export const collection = collectors({ "acme-time": wallTime });
 * ```
 */

export { textOf } from "./text.js";

/** What a command left. */
export interface Output {
  /** Standard output. */
  readonly stdout: Uint8Array;
  /** Standard error. */
  readonly stderr: Uint8Array;
  /** Exit code; null when a signal or the timeout ended it. */
  readonly exitCode: number | null;
  /** Whether the timeout ended it. */
  readonly timedOut: boolean;
}

/** A number with its samples. */
export interface Metric {
  /** Its name, one of those that the manifest lists. */
  name: string;
  /** Its unit, as in recipes: `ms`, `MiB`, `count`, ... */
  unit: string;
  /** The raw samples, in that unit; all metrics of a call have 100 000 together at most. */
  samples: Iterable<number>;
  /** What tells it from others of its name. */
  labels?: Record<string, string>;
}

/** What was made of the output. */
export interface Collected {
  /** Numbers. */
  metrics?: Iterable<Metric>;
  /** Sentences for the report, such as an absent dependency. */
  notes?: Iterable<string>;
  /** Set when the output exists but measures nothing: why, and what to do. */
  inconclusive?: string | null;
  /** Files to keep beside the raw output, by their names, which have no folders. */
  artifacts?: Record<string, string | Uint8Array>;
}

/** Thrown when the output is not what the collector reads; says in one sentence what it is instead. */
export declare class Unreadable extends Error {}

/** Reads an output, with the options of the recipe's step. */
export type Collector = (output: Output, options: Record<string, string>) => Collected;

/**
 * Registers the collectors of a component by their names in `pack.toml`. The module that is bundled exports the result under the name
 * `collection`.
 */
export declare function collectors(functions: Record<string, Collector>): unknown;
