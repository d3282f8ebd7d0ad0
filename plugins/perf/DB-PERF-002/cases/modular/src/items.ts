import { collection, getDocs, limit, orderBy, query, where } from "firebase/firestore";

import { db } from "./firebase";

export async function items(shop: string, parts: any[]) {
  // finding: DB-PERF-002 confidence: high
  const newest = query(collection(db, "items"), where("shop", "==", shop), orderBy("createdAt", "desc"), limit(10));
  const cheap = query(collection(db, "shops", shop, "items"), where("kind", "==", "new"), orderBy("price")); // ok: declared; mutate: firestore.indexes.json s/"price"/"prices"/
  const some = query(collection(db, "items"), where("shop", "==", shop), ...parts, orderBy("createdAt")); // ok: further parts are not seen; mutate: s/...parts, //
  const base = query(collection(db, "items"), where("shop", "==", shop));
  return [await getDocs(newest), cheap, some, query(base, orderBy("price"))]; // finding: DB-PERF-002
}

export const of = (shop: string) => items(shop, []);
