/**
 * Formats of reports: they render the record of a run. The component is built for the world `reporter`.
 *
 * ```ts
 * import { formats, type Format } from "@perfctl/plugin/reporter";
 *
 * const asLines: Format = (record) => record.findings.map((finding) => `${finding.place.path}\n`).join("");
 *
 * export const rendering = formats({ "acme-lines": asLines });
 * ```
 */

/** What a reader asked to see. */
export interface View {
  /** Whether ANSI colours are wanted. */
  readonly colour: boolean;
  /** Columns of the terminal; 0 for no limit. */
  readonly width: number;
  /** Also findings of low confidence. */
  readonly suspicions: boolean;
  /** Also silenced findings. */
  readonly silenced: boolean;
}

/** Thrown when the format cannot show this record; says why in one sentence. */
export declare class Unrenderable extends Error {}

/** The document of a record, which looks as `perfctl schema run` describes it. */
export type Format = (record: any, view: View) => string | Uint8Array;

/**
 * Registers the formats of a component by their names in `pack.toml`. The module that is bundled exports the result under the name
 * `rendering`.
 */
export declare function formats(functions: Record<string, Format>): unknown;
