import { PrismaClient } from "@prisma/client";
import express from "express";
import { Blocked, Letter } from "./models";

const prisma = new PrismaClient();
const app = express();

app.post("/delivered", async (request, response) => {
  const letter = await Letter.findByPk(request.body.id); // finding: DB-PERF-003 confidence: medium
  if (!letter) {
    throw new Error("unknown letter");
  }
  const isMain = request.body.recipients.find((one) => one === letter.recipient);
  if (isMain) {
    await Letter.update({ state: "delivered" }, { where: { id: request.body.id } });
  }
  response.sendStatus(204);
});

app.get("/picked", async (request, response) => {
  const letter = await Letter.findByPk(request.query.id, { attributes: ["recipient"] }); // ok: picked; mutate: s/, { attributes: ["recipient"] }//
  response.json({ recipient: letter.recipient });
});

app.get("/shown", async (request, response) => {
  const letter = await Letter.findByPk(request.query.id); // ok: the text is shown; mutate: s/letter.recipient, text: letter.params.text/letter.recipient/
  response.json({ recipient: letter.recipient, text: letter.params.text });
});

app.get("/list", async (request, response) => {
  const letters = await Letter.findAll({ where: { sender: request.query.sender } }); // finding: DB-PERF-003 confidence: medium -- all but the text
  response.json(letters.map((letter) => ({ recipient: letter.recipient, state: letter.state, at: letter.sentAt })));
});

app.get("/texts", async (request, response) => {
  const letters = await Letter.findAll({ where: { sender: request.query.sender } }); // ok: the text too; mutate: s/letter.state, text: letter.params.text/letter.state, at: letter.sentAt/
  response.json(letters.map((letter) => ({ recipient: letter.recipient, state: letter.state, text: letter.params.text })));
});

app.get("/blocked", async (request, response) => {
  const blocked = await Blocked.findAll({ where: { recipient: request.query.all } }); // ok: the model has no other column; mutate: src/models.ts s/primaryKey: true })\n  recipient/primaryKey: true })\n  recipient!: string;\n  @Column(DataType.TEXT)\n  note!: string;\n  @Column(DataType.DATE)\n  from!: Date;\n  @Column(DataType.DATE)\n  until/
  response.json(blocked.map((one) => one.recipient));
});

app.get("/article", async (request, response) => {
  const article = await prisma.article.findUnique({ where: { id: request.query.id } }); // finding: DB-PERF-003 confidence: medium
  response.json({ title: article.title });
});

app.get("/newest", async (request, response) => {
  const articles = await prisma.article.findMany({ where: { state: "new" }, distinct: ["author"] }); // finding: DB-PERF-003 confidence: medium -- one row of each author, and whole ones
  response.json(new Map(articles.map((article) => [article.author, article.title])));
});
