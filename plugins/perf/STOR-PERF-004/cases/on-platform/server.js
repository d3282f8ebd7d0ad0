import express from "express";

const app = express();
app.use(express.static("dist/client")); // ok: the platform runs this server
app.get("/reports", async (req, res) => res.json(await reports()));
app.listen(3000);
