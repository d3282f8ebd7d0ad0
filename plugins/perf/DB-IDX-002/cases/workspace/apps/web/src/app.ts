import { prisma } from "@acme/db";
import express from "express";

const app = express();

app.get("/comments", async (request, response) => {
  response.json(await prisma.comment.findMany({ orderBy: { createdAt: "desc" }, take: 20 }));
});
