import express from "express";
import fs from "fs";
import * as mupdf from "mupdf";
import { PDFDocument } from "pdf-lib";
import * as XLSX from "xlsx";

const app = express();

app.post("/pages", async (request, response) => {
  const answer = await fetch(request.body.url);
  const bytes = await answer.arrayBuffer(); // ok: the parser needs all of it; mutate: s/new mupdf.PDFDocument(bytes)/new Upload(bytes)/
  const document = new mupdf.PDFDocument(bytes);
  response.json({ pages: document.countPages(), size: bytes.byteLength });
});

app.post("/sheets", async (request, response) => {
  const answer = await fetch(request.body.url);
  const buffer = await answer.arrayBuffer(); // ok: the same, by way of an array; mutate: s/XLSX.read(data, { type: "array" })/send(data)/
  const data = new Uint8Array(buffer);
  const book = XLSX.read(data, { type: "array" });
  response.json(book.SheetNames);
});

app.post("/titles", async (request, response) => {
  const answer = await fetch(request.body.url);
  const bytes = await answer.arrayBuffer(); // ok: a document of pdf-lib; mutate: s/PDFDocument.load(bytes)/describe(bytes)/
  const document = await PDFDocument.load(bytes);
  response.json({ title: document.getTitle() });
});

app.post("/copies", async (request, response) => {
  const answer = await fetch(request.body.url);
  const bytes = await answer.arrayBuffer(); // finding: STOR-PERF-002
  fs.writeFileSync("/data/copy.pdf", Buffer.from(bytes));
  response.sendStatus(201);
});
