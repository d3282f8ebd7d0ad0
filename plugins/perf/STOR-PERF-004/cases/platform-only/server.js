import express from "express";

const app = express();
app.use(express.static("dist/client")); // ok: the image is for developers, the platform for visitors
app.get("/reports", async (req, res) => res.json(await reports()));
app.listen(3000);
