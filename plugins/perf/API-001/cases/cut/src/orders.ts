import { Router } from "express";
import { PrismaClient } from "@prisma/client";

const prisma = new PrismaClient();
export const router = Router();

// finding: API-001 confidence: medium
router.get("/orders", async (req, res) => {
  const { page, size } = req.query;
  const orders = await prisma.order.findMany({ orderBy: { id: "asc" } });
  res.json({ orders: orders.slice((page - 1) * size, page * size), total: orders.length });
});
