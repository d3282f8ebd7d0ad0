import { Request, Response } from "express";
import { LRUCache } from "lru-cache";
import memoize from "lodash/memoize";

const buckets = new Map<string, number>(); // finding: MEM-004
const recent = new LRUCache<string, number>({ max: 500 }); // ok: bounded; mutate: s/new LRUCache<string, number>({ max: 500 })/new Map<string, number>()/
const pending = new Map<string, Promise<number>>(); // ok: entries go when their work is done; mutate: s/pending.delete(token)/console.log(token)/
const held = new WeakMap<object, string>(); // ok: entries go with their keys; mutate: s/new WeakMap<object, string>()/new Map<object, string>()/
const kinds = new Map<string, number>(); // ok: few kinds; mutate: s/kinds.set(kind, 1)/kinds.set(token, 1)/
const names = new Map([["a", 1]]); // ok: filled where it is made

const load = memoize(async (userId: string) => fetch(`https://users.example/${userId}`)); // finding: MEM-004
const day = memoize((weekday: string) => weekday.length); // ok: seven days; mutate: s/(weekday: string) => weekday.length/(userId: string) => userId.length/

export async function limit(request: Request, response: Response) {
  const token = request.headers.authorization ?? "";
  const kind = String(request.query.kind);
  buckets.set(token, (buckets.get(token) ?? 0) + 1);
  recent.set(token, 1);
  pending.set(token, load(token).finally(() => pending.delete(token)).then(() => 1));
  held.set(request.params.id as unknown as object, kind);
  kinds.set(kind, 1);
  const local = new Map<string, number>(); // ok: goes with the call
  local.set(token, day("monday"));
  response.json([names.get(kind), local.size]);
}

const clientOf = memoize((address: string) => { // ok: a client per address that is configured; mutate: s/return new Client({ address })/return fetch(address)/
  return new Client({ address });
});
