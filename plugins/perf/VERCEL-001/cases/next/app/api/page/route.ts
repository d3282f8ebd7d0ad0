import chromium from "@sparticuz/chromium"; // finding: VERCEL-001
import puppeteer from "puppeteer-core";
import Stripe from "stripe"; // ok: an SDK that is needed, and small

export async function GET() {
  const browser = await puppeteer.launch({ executablePath: await chromium.executablePath() });
  new Stripe("key");
  return new Response(await browser.version());
}
