import { google } from "googleapis"; // finding: PERF-001
import * as cheerio from "cheerio";

import { page } from "./page";

export const handler = async (event: { rawPath: string; body: string }) => {
  if (event.rawPath === "/pages") {
    return { statusCode: 200, body: await page(event.body) };
  }
  if (event.rawPath === "/titles") {
    return { statusCode: 200, body: cheerio.load(event.body)("title").text() };
  }
  return { statusCode: 200, body: await names() };
};

async function names() {
  const drive = google.drive("v3");
  return JSON.stringify(await drive.files.list());
}
