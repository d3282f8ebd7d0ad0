import express from "express";

const app = express(); // ok: the platform runs this server
app.use(express.static("dist/client"));
app.get("/reports", async (req, res) => res.json(await reports()));
app.listen(3000);
