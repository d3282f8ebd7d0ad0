import { DeleteObjectCommand, GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import axios from "axios";
import express from "express";
import nodemailer from "nodemailer";

const app = express();
const s3 = new S3Client({});
const mailer = nodemailer.createTransport({ host: "mail.example" });

app.post("/files", async (request, response) => {
  const bodies = [];
  for (const key of request.body.keys) {
    const command = new GetObjectCommand({ Bucket: "files", Key: key });
    const answer = await s3.send(command); // finding: CONC-003
    bodies.push(answer.Body);
  }
  response.json(bodies.length);
});

app.delete("/files", async (request, response) => {
  for (const key of request.body.keys) {
    await s3.send(new DeleteObjectCommand({ Bucket: "files", Key: key })); // finding: CONC-003
  }
  response.end();
});

app.post("/invite", async (request, response) => {
  for (const to of request.body.people) {
    await mailer.sendMail({ to, subject: "welcome" }); // finding: CONC-003
  }
  response.end();
});

app.post("/map", async (request, response) => {
  const found = await Promise.all(request.body.ids.map(async (id: string) => axios.get(`https://shop.example/${id}`))); // ok: already together
  response.json(found.length);
});

app.post("/regions", async (request, response) => {
  let all = {};
  for (const region of request.body.regions) {
    all = { ...all, ...(await axios.get(`https://${region}.example/rates`)).data }; // finding: CONC-003
  }
  response.json(all);
});

app.post("/budget", async (request, response) => {
  let left = 100;
  for (const id of request.body.ids) {
    const { data } = await axios.get(`https://shop.example/${id}`, { params: { left } }); // ok: needs what the one before left; mutate: s/{ params: { left } }/{}/
    left = left - data.cost;
  }
  response.json(left);
});

app.post("/migrate", async (request, response) => {
  for (const step of request.body.steps) {
    await axios.put(`https://shop.example/${step}`); // ok: steps have an order; mutate: s/step of/place of/ s/${step}/${place}/
  }
  response.end();
});
