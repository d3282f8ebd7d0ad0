import { gunzipSync, gzipSync } from "node:zlib";

import express from "express";

const app = express();

export async function runQuery(queries: any) {
  return process.env.COLUMNS ? queries.columns() : queries.sql();
}

// Run by a table of functions, of which the settings take one.
async function save(events: unknown[]) {
  return runQuery({ sql: () => saveRows(events), columns: () => saveColumns(events) });
}

async function saveRows(events: unknown[]) {
  return { events: gzipSync(JSON.stringify(events)) }; // finding: CONC-001 confidence: medium
}

async function saveColumns(rows: any[]) {
  return rows.map((row) => gunzipSync(row.events)); // finding: CONC-001 confidence: medium
}

app.post("/events", async (request, response) => {
  await save(request.body);
  response.end();
});

async function never(events: unknown[]) {
  return gzipSync(JSON.stringify(events)); // ok: nobody is known to call it; mutate: s/await save(request.body)/await never(request.body)/
}
