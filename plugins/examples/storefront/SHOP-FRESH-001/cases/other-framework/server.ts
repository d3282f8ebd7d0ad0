import express from "express";

export const app = express();
app.get("/", async (_, res) => res.send(await (await fetch("https://prices")).text()));
