import { Router } from "express";
import { PrismaClient } from "@prisma/client";

const prisma = new PrismaClient();
const router = Router();

// ok: somebody made each of them by hand; mutate: s#"/settings/shelves"#"/shelves"#
router.get("/settings/shelves", async (_req, res) => {
  const shelves = await prisma.shelf.findMany({ orderBy: { position: "asc" } });
  return res.json(shelves);
});

// finding: API-001 -- of users there are more every day, wherever they are shown
router.get("/settings/users", async (_req, res) => {
  const users = await prisma.user.findMany({ orderBy: { name: "asc" } });
  return res.json(users);
});

export default router;
