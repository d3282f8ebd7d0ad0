import { DeleteObjectCommand, S3Client } from "@aws-sdk/client-s3";
import axios from "axios";
import express from "express";
import { getFirestore } from "firebase-admin/firestore";

import { PrismaClient } from "@prisma/client";

const app = express();
const s3 = new S3Client({});
const db = getFirestore();
const prisma = new PrismaClient();

async function removeFile(key: string) {
  await s3.send(new DeleteObjectCommand({ Bucket: "files", Key: key }));
}

async function sendMetric(name: string) {
  await axios.post("https://metrics.example", { name });
}

app.delete("/links/:id", async (request, response) => {
  const { id } = request.params;
  await removeFile(`${id}.pdf`);
  await removeFile(`${id}.png`); // finding: CONC-003
  response.end();
});

app.put("/config", async (request, response) => {
  await db.doc("/config/names").set(request.body.names);
  await db.doc("/config/flags").set(request.body.flags); // finding: CONC-003
  response.end();
});

app.put("/again", async (request, response) => {
  const place = db.doc("/config/names");
  await place.delete();
  await place.set(request.body); // ok: the same document, one after the other
  response.end();
});

app.delete("/teams/:id", async (request, response) => {
  const { id } = request.params;
  await prisma.member.deleteMany({ where: { team: id } });
  await prisma.team.delete({ where: { id } }); // ok: members go before their team
  response.end();
});

app.post("/orders", async (request, response) => {
  const order = await prisma.order.create({ data: request.body });
  await axios.post("https://mail.example", { order: order.id }); // ok: told only when it is stored
  response.json(order);
});

app.post("/started", async (request, response) => {
  await sendMetric("started"); // finding: CONC-003
  await axios.post("https://jobs.example/start", request.body);
  response.end();
});

app.post("/files/:id", async (request, response) => {
  const { id } = request.params;
  await removeFile(`${id}.pdf`);
  const left = await prisma.file.count({ where: { id } }); // ok: counts what is left
  response.json(left);
});
