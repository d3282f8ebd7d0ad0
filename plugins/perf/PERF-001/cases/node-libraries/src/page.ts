import { JSDOM } from "jsdom"; // finding: PERF-001
import type { Page } from "playwright"; // ok: a type costs nothing

export async function page(text: string, into?: Page): Promise<string> {
  const mjml = await import("mjml"); // ok: loaded where it is needed
  await into?.setContent(text);
  return mjml.default(new JSDOM(text).serialize()).html;
}
