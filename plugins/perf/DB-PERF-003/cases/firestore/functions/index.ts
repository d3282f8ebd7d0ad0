import { getFirestore } from "firebase-admin/firestore";
import { onRequest } from "firebase-functions/v2/https";

const db = getFirestore();

export const committees = onRequest(async (request, response) => {
  const snapshot = await db.collection("bills").limit(1000).get(); // finding: DB-PERF-003
  const names = new Set<string>();
  snapshot.docs.forEach((doc: any) => {
    const name = doc.data().committee?.name;
    if (name) names.add(name);
  });
  response.json([...names]);
});

export const selected = onRequest(async (request, response) => {
  const snapshot = await db.collection("bills").select("committee").get(); // ok: picked; mutate: s/.select("committee")//
  response.json(snapshot.docs.map((doc) => doc.data().committee));
});

export const swept = onRequest(async (request, response) => {
  const old = await db.collection("mails").where("old", "==", true).get(); // finding: DB-PERF-003
  await Promise.all(old.docs.map((doc) => doc.ref.delete()));
  response.json(old.size);
});

export const all = onRequest(async (request, response) => {
  const snapshot = await db.collection("bills").get(); // ok: all of them is the answer; mutate: s/doc.data())/doc.data().name)/
  response.json(snapshot.docs.map((doc) => doc.data()));
});
