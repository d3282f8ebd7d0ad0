import { store } from "./store";

export async function jobsOf(owner: string, limit: number = 20) {
  return store.range(owner, 0, limit);
}

export async function everyEvent(owner: string) {
  return store.all(owner);
}
