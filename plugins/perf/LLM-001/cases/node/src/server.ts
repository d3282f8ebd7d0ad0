import { GoogleGenerativeAI } from "@google/generative-ai";
import { OpenAIEmbeddings } from "@langchain/openai";
import { embed, embedMany } from "ai";
import express from "express";
import OpenAI from "openai";

const app = express();
const openai = new OpenAI();
const google = new GoogleGenerativeAI("key").getGenerativeModel({ model: "embedding-001" });
const model = "text-embedding-3-small";

async function vectorOf(text: string) {
  const answer = await openai.embeddings.create({ model, input: text });
  return answer.data[0].embedding;
}

app.post("/documents", async (req, res) => {
  for (const chunk of req.body.chunks) {
    await openai.embeddings.create({ model, input: chunk.text }); // finding: LLM-001 confidence: medium
  }
  await Promise.all(req.body.chunks.map(async (chunk) => embed({ model, value: chunk.text }))); // finding: LLM-001
  for (const chunk of req.body.chunks) {
    await google.embedContent(chunk.text); // finding: LLM-001
  }
  const vectors = await Promise.all(req.body.chunks.map((chunk) => vectorOf(chunk))); // finding: LLM-001
  res.json(vectors);
});

app.post("/all", async (req, res) => {
  const { embeddings } = await embedMany({ model, values: req.body.chunks }); // ok: all in one
  const answer = await openai.embeddings.create({ model, input: req.body.chunks }); // ok: all in one
  res.json([embeddings, answer]);
});
