import { getFirestore } from "firebase-admin/firestore";
import { onRequest } from "firebase-functions/v2/https";

const db = getFirestore();

export const place = onRequest(async (request, response) => {
  const order = await db.collection("orders").add({ customer: request.body.customer });
  await db.collection("lines").add({ order: order.id }); // finding: DB-PERF-004
  response.json({ id: order.id });
});

export const held = onRequest(async (request, response) => {
  const batch = db.batch();
  const order = db.collection("orders").doc();
  batch.set(order, { customer: request.body.customer });
  batch.set(db.collection("lines").doc(), { order: order.id }); // ok: one batch
  await batch.commit();
  response.json({ id: order.id });
});
