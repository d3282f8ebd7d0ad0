import express from "express";
import { chromium } from "playwright";
import puppeteer, { Browser } from "puppeteer-core";

const app = express();
let kept: Browser | undefined;

async function browser() {
  if (!kept) {
    kept = await puppeteer.launch({ executablePath: "/usr/bin/chromium" }); // ok: one for all requests; mutate: s/kept = await puppeteer/const kept = await puppeteer/
  }
  return kept;
}

app.get("/kept", async (request, response) => {
  const page = await (await browser()).newPage();
  response.send(await page.pdf());
});

app.get("/remote", async (request, response) => {
  const elsewhere = await puppeteer.connect({ browserWSEndpoint: "wss://browsers.internal" }); // finding: JOB-007
  const page = await elsewhere.newPage();
  response.send(await page.pdf());
  await elsewhere.disconnect();
});

app.get("/chromium", async (request, response) => {
  const own = await chromium.launch(); // finding: JOB-007
  const page = await own.newPage();
  response.send(await page.pdf());
  await own.close();
});

app.get("/socket", async (request, response) => {
  const socket = await other.connect({ browserWSEndpoint: "wss://browsers.internal" }); // ok: no browser; mutate: s/other.connect/puppeteer.connect/
  response.send(socket.id);
});
