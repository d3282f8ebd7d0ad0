import { getFirestore } from "firebase-admin/firestore";
import { onRequest } from "firebase-functions/v2/https";
import { onSchedule } from "firebase-functions/v2/scheduler";

const db = getFirestore();

export const cleanUp = onSchedule("every 24 hours", async () => {
  const threshold = new Date(Date.now() - 86400000);
  // finding: DB-PERF-011
  const old = await db.collection("mails").where("createdAt", "<", threshold).get();
  await Promise.all(old.docs.map((doc) => doc.ref.delete()));
});

export const cleanUpBounded = onSchedule("every 24 hours", async () => {
  const threshold = new Date(Date.now() - 86400000);
  // ok: some at a time; mutate: s/.limit(200).get()/.get()/
  const old = await db.collection("mails").where("createdAt", "<", threshold).limit(200).get();
  await Promise.all(old.docs.map((doc) => doc.ref.delete()));
});

export const lastHour = onSchedule("every 1 hours", async () => {
  const from = new Date(Date.now() - 3600000);
  const to = new Date();
  // ok: a window of time; mutate: s/.where("at", ">=", from)//
  const read = await db.collection("visits").where("at", ">=", from).where("at", "<", to).get();
  console.log(read.size);
});

export const members = onSchedule("every 24 hours", async () => {
  const all = await db.collection("members").get(); // finding: DB-PERF-011 confidence: low
  console.log(all.docs.length);
});

export const tell = onRequest(async (request, response) => {
  const users = await db.collection("users").get(); // finding: DB-PERF-011
  response.json({ users: users.size });
});

export const tellOne = onRequest(async (request, response) => {
  const user = await db.collection("users").doc(request.query.id).get(); // ok: one document
  response.json({ user: user.data() });
});

export const tellOwn = onRequest(async (request, response) => {
  // ok: those of one customer; mutate: s/.where("customer", "==", request.query.customer)//
  const orders = await db.collection("orders").where("customer", "==", request.query.customer).get();
  response.json({ orders: orders.size });
});

export const court = onRequest(async (request, response) => {
  const all = await db.collection(`courts/${request.query.court}/judges`).get(); // finding: DB-PERF-011 confidence: low -- below one court
  response.json({ judges: all.size });
});
