import { load } from "cheerio";

const text = async (answer) => {
  const body = await answer.text(); // finding: STOR-PERF-002 confidence: medium
  return body.trim();
};

export const page = async (url) => {
  const answer = await fetch(url.startsWith("http") ? url : `https://${url}`);
  return load(await text(answer))("title").text();
};
