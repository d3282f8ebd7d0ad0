import express from "express";
import gm from "gm";
import Jimp from "jimp";
import sharp from "sharp";

const app = express();

async function shrink(data: Buffer) {
  return sharp(data).resize(1024).jpeg().toBuffer(); // finding: MEDIA-001 confidence: medium
}

app.post("/photos", async (req, res) => {
  const small = await shrink(req.file.buffer);
  res.json({ size: small.length });
});

app.post("/photos/jimp", async (req, res) => {
  const image = await Jimp.read(req.file.path); // finding: MEDIA-001
  await image.resize(256, 256).writeAsync("small.png");
  res.sendStatus(204);
});

app.post("/photos/gm", (req, res) => {
  gm(req.file.path).resize(240, 240).write("small.png", () => res.sendStatus(204)); // finding: MEDIA-001
});

app.post("/photos/beside", (req, res) => {
  sharp(req.file.path).resize(240).toFile("small.png").catch(console.error); // ok: the answer does not wait; mutate: s/.catch(console.error)/.then(() => res.end())/
  res.sendStatus(202);
});

app.post("/photos/size", async (req, res) => {
  res.json(await sharp(req.file.path).metadata()); // ok: reads the head only; mutate: s/.metadata()/.resize(9).toBuffer()/
});

app.get("/photos/:name", (req, res) => {
  sharp(req.params.name).resize(240).pipe(res); // finding: MEDIA-001 confidence: low
});

app.listen(3000);
