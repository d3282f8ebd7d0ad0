import { PrismaClient } from "@prisma/client";
import express from "express";
import { z } from "zod";

const prisma = new PrismaClient();
const app = express();
const Offer = z.object({ photos: z.array(z.string()).max(3), words: z.array(z.string()).max(300), parts: z.array(z.string().max(4)) });

app.post("/offers", async (request, response) => {
  const offer = Offer.parse(request.body);
  for (const photo of offer.photos) {
    await prisma.photo.findUnique({ where: { id: photo } }); // finding: DB-PERF-001 confidence: low -- three at most
  }
  for (const word of offer.words) {
    await prisma.word.findUnique({ where: { id: word } }); // finding: DB-PERF-001 confidence: high
  }
  response.json(offer);
});
