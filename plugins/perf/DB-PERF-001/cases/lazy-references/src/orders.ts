import { PrismaClient } from "@prisma/client";
import express from "express";
import { getFirestore } from "firebase-admin/firestore";

const prisma = new PrismaClient();
const db = getFirestore();
const router = express.Router();

router.get("/fluent", async (req, res) => {
  const all = [];
  for (const user of await prisma.user.findMany({ take: 50 })) {
    all.push(await prisma.user.findUnique({ where: { id: user.id } }).orders()); // finding: DB-PERF-001
  }
  res.json(all);
});

router.get("/references", async (req, res) => {
  const found = await db.collection("orders").limit(50).get();
  const names = [];
  for (const order of found.docs) {
    const customer = await order.data().customer.get(); // finding: DB-PERF-001
    names.push(customer.get("name"));
  }
  res.json(names);
});

export default router;
