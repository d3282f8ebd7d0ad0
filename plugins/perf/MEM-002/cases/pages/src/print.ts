import express from "express";
import puppeteer from "puppeteer";

const app = express();

async function print(url: string) {
  const browser = await puppeteer.connect({ browserWSEndpoint: "ws://chrome:3000" });
  const page = await browser.newPage(); // finding: MEM-002 confidence: medium
  await page.goto(url);
  const sheet = await page.pdf();
  await page.close();
  await browser.disconnect();
  return sheet;
}

async function picture(url: string) {
  const browser = await puppeteer.connect({ browserWSEndpoint: "ws://chrome:3000" });
  const page = await browser.newPage(); // ok: closed however it ends; mutate: s/} finally {/} catch (e) { throw e; } {/
  try {
    await page.goto(url);
    return await page.screenshot();
  } finally {
    await page.close();
    await browser.disconnect();
  }
}

app.get("/print", async (req, res) => res.send(await print(String(req.query.url))));
app.get("/picture", async (req, res) => res.send(await picture(String(req.query.url))));
