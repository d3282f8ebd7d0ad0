// The collector of this pack. `pack.toml` says what recipes have to know of it.

import { collectors, textOf, Unreadable, type Collector } from "@perfctl/plugin/collector";

// Called once per step of a recipe that names it. Unreadable says that the output is none of the tool's.
/** Reads `NAME MILLISECONDS` from each line. */
const timings: Collector = (output, options) => {
  if (output.timedOut) {
    return { inconclusive: "the tool did not end in time: raise the `timeout` of the step" };
  }
  const times = new Map<string, number[]>();
  const lines = textOf(output.stdout).split("\n").filter((line) => line !== "");
  for (const line of lines.slice(Number(options.warmup ?? 0))) {
    const [name = "", milliseconds = "", ...more] = line.split(" ");
    // A line that was cut off has no number, and `Number("")` is 0.
    const time = milliseconds === "" ? NaN : Number(milliseconds);
    if (name === "" || !Number.isFinite(time) || more.length > 0) throw new Unreadable(`\`${line}\` is no name with a number`);
    const samples = times.get(name);
    if (samples === undefined) times.set(name, [time]);
    else samples.push(time);
  }
  const metrics = [...times].map(([name, samples]) => ({ name: "NEW-PACK.time", unit: "ms", samples, labels: { case: name } }));
  return { metrics };
};

export const collection = collectors({ "NEW-PACK": timings });
