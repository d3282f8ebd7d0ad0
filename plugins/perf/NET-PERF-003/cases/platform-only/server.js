import express from "express";

const app = express(); // ok: the image is for developers, the platform for visitors
app.use(express.static("dist/client"));
app.get("/reports", async (req, res) => res.json(await reports()));
app.listen(3000);
