import { safeFetch } from "./safe";

export async function save(url: string) {
  const quick = await safeFetch(url, { timeout: 2000 }); // ok: gives the helper a limit; mutate: s/{ timeout: 2000 }/{}/
  return quick ?? safeFetch(url); // finding: NET-PERF-004
}
