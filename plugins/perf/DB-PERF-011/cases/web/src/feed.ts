import { collection, getDocs, getFirestore, limit, orderBy, query, where } from "firebase/firestore";

const firestore = getFirestore();

export async function loadFeed(uid: string) {
  const feed = collection(firestore, `users/${uid}/notificationFeed`);
  const snapshot = await getDocs(feed); // finding: DB-PERF-011
  return snapshot.docs.map((doc) => doc.data());
}

export async function loadPage(uid: string) {
  const feed = collection(firestore, `users/${uid}/notificationFeed`);
  const snapshot = await getDocs(query(feed, orderBy("at"), limit(20))); // ok: twenty; mutate: s/, limit(20)//
  return snapshot.docs.map((doc) => doc.data());
}

export async function loadGrid(resource: string, filters: [string, string][]) {
  const rows = query(collection(firestore, resource), ...filters.map(([key, value]) => where(key, "==", value)));
  const snapshot = await getDocs(rows); // finding: DB-PERF-011
  return snapshot.docs.map((doc) => doc.data());
}

export async function loadOwn(uid: string) {
  const own = query(collection(firestore, "orders"), where("owner", "==", uid));
  const snapshot = await getDocs(own); // ok: one owner's
  return snapshot.docs.map((doc) => doc.data());
}

export async function load(rows) {
  const snapshot = await getDocs(rows); // ok: the query is somebody else's
  return snapshot.docs.map((doc) => doc.data());
}
