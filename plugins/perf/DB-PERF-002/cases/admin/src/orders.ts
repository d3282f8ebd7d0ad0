import { getFirestore } from "firebase-admin/firestore";

const db = getFirestore();

export async function orders(customer: string, shop: string, from: Date) {
  const orders = db.collection("orders");
  await orders.where("customer", "==", customer).orderBy("createdAt", "desc").limit(20).get(); // finding: DB-PERF-002
  await db.collection(`shops/${shop}/orders`).where("state", "==", "open").where("total", ">", 3).get(); // finding: DB-PERF-002
  await orders.orderBy("state").orderBy("total").get(); // finding: DB-PERF-002
  await orders.where("tags", "array-contains", "new").orderBy("createdAt").get(); // finding: DB-PERF-002
  await db.collectionGroup("orders").where("shop", "==", shop).orderBy("createdAt", "desc").get(); // finding: DB-PERF-002
  await orders.where("shop", "==", shop).orderBy("createdAt", "asc").get(); // finding: DB-PERF-002 confidence: medium
  await orders.where("shop", "==", shop).orderBy("createdAt", "desc").get(); // ok: declared; mutate: rules/indexes.json s/"fieldPath": "shop"/"fieldPath": "shops"/
  await orders.where("shop", "==", shop).where("createdAt", ">", from).get(); // ok: a range in the index, whatever its direction; mutate: s/where("createdAt", ">", from)/where("total", ">", 3)/
  await orders.where("shop", "==", shop).where("state", "==", "open").orderBy("createdAt", "desc").get(); // ok: two indexes that end in the sort are merged; mutate: rules/indexes.json s/"fieldPath": "state"/"fieldPath": "states"/
  await orders.where("customer", "==", customer).where("state", "in", ["open", "sent"]).get(); // ok: equalities alone; mutate: s/"state", "in", ["open", "sent"]/"total", ">", 3/
  await orders.where("total", ">", 3).orderBy("total", "desc").get(); // ok: one field; mutate: s/orderBy("total", "desc")/orderBy("state", "desc")/
  await orders.orderBy("total").get(); // ok: one sort; mutate: s/orders.orderBy("total")/orders.orderBy("shop").orderBy("total")/
  await db.collectionGroup("lines").where("product", "==", 3).where("count", ">=", 3).get(); // ok: declared for the group; mutate: rules/indexes.json s/_GROUP//
  await db.collection(shop).where("customer", "==", customer).orderBy("createdAt").get(); // ok: which collection is not seen; mutate: s/collection(shop)/collection("shop")/
}

export async function some(customer: string, field: string, direction: any) {
  let query = db.collection("orders").where("customer", "==", customer);
  if (field) {
    query = query.where("state", "==", field);
  }
  await query.orderBy("total").get(); // ok: put together at run time; mutate: s/query = query.where("state", "==", field)/console.log(field)/
  return db.collection("orders").where("customer", "==", customer).orderBy(field).get(); // ok: by what is not seen; mutate: s/orderBy(field)/orderBy("field")/
}
