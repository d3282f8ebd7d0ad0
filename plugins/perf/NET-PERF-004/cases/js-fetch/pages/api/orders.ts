import { limited, plain } from "../../lib/options";

export default async function handler(req, res) {
  const bare = await fetch("https://orders.example/all"); // finding: NET-PERF-004
  const spread = await fetch("https://orders.example/all", { ...plain, method: "POST" }); // finding: NET-PERF-004
  const bound = await fetch("https://orders.example/all", { ...limited }); // ok: the constant holds a signal; mutate: s/limited/plain/
  const own = await fetch("https://orders.example/all", { signal: AbortSignal.timeout(1000) }); // ok: has a signal; mutate: s/{ signal: AbortSignal.timeout(1000) }/{}/
  const controller = new AbortController();
  const options = { method: "GET", signal: controller.signal };
  setTimeout(() => controller.abort(), 1500);
  const aborted = await fetch("https://orders.example/all", options); // ok: the signal stands in a variable
  res.json([bare, spread, bound, own, aborted]);
}

export async function font() {
  const file = await fetch(new URL("../fonts/inter.ttf", import.meta.url)); // ok: a file of the program itself; mutate: s/import.meta.url/"https:\/\/fonts.example"/
  return file.arrayBuffer();
}
