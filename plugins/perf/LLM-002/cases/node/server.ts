import Anthropic from "@anthropic-ai/sdk";
import { GoogleGenerativeAI } from "@google/generative-ai";
import { generateText } from "ai";
import express from "express";
import OpenAI from "openai";

const app = express();
const openai = new OpenAI();
const claude = new Anthropic();
const gemini = new GoogleGenerativeAI("key").getGenerativeModel({ model: "gemini-pro" });

async function write(prompt: string) {
  const { text } = await generateText({ model: "m", prompt }); // finding: LLM-002
  return text;
}

app.post("/chat", async (req, res) => {
  const answer = await openai.chat.completions.create({ model: "m", messages: req.body.messages }); // finding: LLM-002 confidence: medium
  res.json({ text: answer.choices[0].message.content });
});

app.post("/claude", async (req, res) => {
  const message = await claude.messages.create({ model: "m", max_tokens: 2048, messages: req.body.messages }); // finding: LLM-002
  const text = message.content[0].text;
  res.send(text);
});

app.post("/gemini", async (req, res) => {
  const result = await gemini.generateContent(req.body.prompt); // finding: LLM-002
  res.json({ text: result.response.text() });
});

app.post("/sdk", async (req, res) => {
  const text = await write(req.body.prompt);
  res.json({ text });
});

app.post("/tools", async (req, res) => {
  const answer = await openai.chat.completions.create({ model: "m", messages: req.body.messages, tools: req.body.tools }); // ok: may ask for a tool; mutate: s/, tools: req.body.tools//
  res.json({ text: answer.choices[0].message.content });
});

app.post("/order", async (req, res) => {
  const answer = await openai.chat.completions.create({ model: "m", messages: req.body.messages }); // ok: a program reads it; mutate: s/JSON.parse(answer.choices[0].message.content)/answer.choices[0].message.content/
  res.json(JSON.parse(answer.choices[0].message.content));
});

app.listen(3000);
