import axios from "axios";
import express from "express";

const app = express();

async function send(addresses: string[]) {
  // finding: CONC-006 confidence: medium
  await Promise.all(addresses.map((address) => axios.post("https://mail.internal/send", { address }, { timeout: 1000 })));
}

async function sendFew(addresses: string[]) {
  // ok: the handler refuses more than ten; mutate: s/addresses.length > 10/!addresses/
  await Promise.all(addresses.map((address) => axios.post("https://mail.internal/send", { address }, { timeout: 1000 })));
}

app.post("/mails", async (request, response) => {
  await send(request.body.addresses);
  response.sendStatus(202);
});

app.post("/few", async (request, response) => {
  const { addresses } = request.body;
  if (addresses.length > 10) {
    return response.sendStatus(422);
  }
  await sendFew(addresses);
  response.sendStatus(202);
});
