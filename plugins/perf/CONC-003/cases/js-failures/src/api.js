const express = require("express");
const { Octokit } = require("@octokit/rest");
const twilio = require("twilio");

const app = express();
const octokit = new Octokit({ auth: process.env.KEY });
const phone = twilio(process.env.ACCOUNT, process.env.SECRET);

// `fetch` throws nothing where the other side says no: whether it did is all that is asked between the two.
app.get("/news", async (request, response) => {
  const news = await fetch("https://news/latest");
  if (!news.ok) throw new Error(`news: ${news.status}`);
  const articles = await news.json();
  const section = "sport";
  const sport = await fetch(`https://news/sections/${section}`); // finding: CONC-003 confidence: medium
  if (!sport.ok) throw new Error("no sport");
  response.json({ articles, sport: await sport.json() });
});

app.get("/prices", async (request, response) => {
  const prices = await fetch("https://prices/latest");
  if (!prices.ok) {
    const why = await prices.json();
    return response.status(502).json(why);
  }
  const rates = await fetch("https://rates/latest"); // finding: CONC-003 confidence: medium
  response.json({ prices: await prices.json(), rates: await rates.json() });
});

app.get("/member", async (request, response) => {
  const member = await fetch(`https://members/${request.query.id}`);
  if (!member.ok) return response.status(403).end();
  const offers = await fetch("https://offers/latest"); // ok: who is no member gets nothing asked; mutate: s/status(403)/status(502)/
  response.json({ member: await member.json(), offers: await offers.json() });
});

app.get("/spare", async (request, response) => {
  let first = await fetch("https://rates/latest");
  if (!first.ok) {
    first = await fetch("https://spare/latest"); // ok: asked only where the first one failed
  }
  response.json(await first.json());
});

app.post("/orders", async (request, response) => {
  const placed = await fetch("https://orders", { method: "POST", body: request.body });
  if (!placed.ok) throw new Error("not placed");
  const stock = await fetch("https://stock/latest"); // ok: reads what the first one changed; mutate: s/{ method: "POST", body: request.body }/{ signal: request.signal }/
  response.json({ placed: await placed.json(), stock: await stock.json() });
});

// A route says what is asked of it.
app.get("/me", async (request, response) => {
  const { data: me } = await octokit.request("GET /user");
  const { data: repos } = await octokit.repos.listForAuthenticatedUser({ per_page: 10 }); // finding: CONC-003
  response.json({ me, repos });
});

app.post("/stars", async (request, response) => {
  const { data: starred } = await octokit.request("PUT /user/starred/shop/shop");
  const { data: repos } = await octokit.repos.listForAuthenticatedUser({ per_page: 10 }); // ok: may give what the first one changed; mutate: s/PUT \/user\/starred\/shop\/shop/GET \/user/
  response.json({ starred, repos });
});

app.post("/tell", async (request, response) => {
  const sent = await phone.messages.create({ to: request.body.to, from: "shop", body: "on its way" });
  const again = await phone.messages.create({ to: request.body.to, from: "shop", body: "here soon" }); // ok: two letters to one come in their order
  response.json({ sent, again });
});
