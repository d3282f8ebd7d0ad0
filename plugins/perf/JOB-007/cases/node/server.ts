import { exec } from "child_process";
import sendgrid from "@sendgrid/mail";
import express from "express";
import ffmpeg from "fluent-ffmpeg";
import nodemailer from "nodemailer";
import puppeteer from "puppeteer";

const app = express();
const transporter = nodemailer.createTransport({ host: "mail" });

async function welcome(to: string) {
  await transporter.sendMail({ to, subject: "Welcome" }); // finding: JOB-007 confidence: medium
}

function remind(to: string) {
  transporter.sendMail({ to, subject: "Reminder" }).catch(console.error); // ok: nobody waits; mutate: s/transporter.sendMail({ to, subject: "Reminder" }).catch(console.error)/return transporter.sendMail({ to, subject: "Reminder" })/
}

app.post("/users", async (req, res) => {
  await welcome(req.body.mail);
  res.sendStatus(201);
});

app.post("/reminders", async (req, res) => {
  await remind(req.body.mail);
  res.sendStatus(202);
});

app.post("/pdf", async (req, res) => {
  const browser = await puppeteer.launch(); // finding: JOB-007
  const page = await browser.newPage();
  res.send(await page.pdf());
  await browser.close();
});

app.post("/films", (req, res) => {
  ffmpeg(req.body.path).on("end", () => res.sendStatus(204)).save("film.mp4"); // finding: JOB-007
});

app.post("/office", (req, res) => {
  exec(`libreoffice --convert-to pdf ${req.body.path}`, () => res.sendStatus(204)); // finding: JOB-007
});

app.post("/notices", async (req, res) => {
  await sendgrid.send({ to: req.body.mail, from: "shop@example.com", subject: "Notice", text: "..." }); // finding: JOB-007 confidence: low
  res.sendStatus(204);
});

async function sendPassword(to: string) {
  await transporter.sendMail({ to, subject: "Password" }); // ok: the link above it is left alone; mutate: s/  sendPassword(req.body.mail);/  await sendPassword(req.body.mail);/
}

app.post("/passwords", async (req, res) => {
  sendPassword(req.body.mail);
  res.sendStatus(202);
});

app.post("/invitations", async (req, res) => {
  req.body.mails.forEach(async (to: string) => {
    await transporter.sendMail({ to, subject: "Invitation" }); // ok: forEach waits for none; mutate: s/req.body.mails.forEach(async (to: string) =>/await Promise.all(req.body.mails.map(async (to: string) =>/ s/  }); \/\/ each/  })); \/\/ each/
  }); // each
  res.sendStatus(202);
});

app.post("/receipts", async (req, res) => {
  const sent = transporter.sendMail({ to: req.body.mail, subject: "Receipt" }); // ok: a promise that nobody reads; mutate: s/const sent = transporter/const sent = await transporter/
  res.sendStatus(202);
});

app.post("/refunds", async (req, res) => {
  try {
    res.json(req.body.order.refund());
  } catch (error) {
    await transporter.sendMail({ to: "desk@example.com", subject: "Refund" }); // finding: JOB-007 confidence: low
    res.sendStatus(500);
  }
});

app.listen(3000);
