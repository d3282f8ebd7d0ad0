// Carriers push most events twice.
import { LRUCache } from "lru-cache";

const seen = new Map<string, number>();

const signatures = new LRUCache<string, boolean>({ max: 5000, ttl: 10 * 60 * 1000 });

const pending = new Map<string, Promise<void>>();

/** Whether an event was seen before; remembers it. */
export function isRepeated(carrier: string, id: string): boolean {
  const key = `${carrier}:${id}`;
  if (seen.has(key)) {
    return true;
  }
  seen.set(key, Date.now());
  return false;
}

/** Whether a signature was found good within the last minutes. */
export function isKnownGood(signature: string): boolean {
  return signatures.get(signature) === true;
}

export function rememberGood(signature: string): void {
  signatures.set(signature, true);
}

/** Runs `work` unless the same work is under way. */
export async function once(key: string, work: () => Promise<void>): Promise<void> {
  const running = pending.get(key);
  if (running) {
    return running;
  }
  const promise = work().finally(() => pending.delete(key));
  pending.set(key, promise);
  return promise;
}
