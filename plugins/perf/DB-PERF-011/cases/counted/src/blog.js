const express = require("express");
const mongoose = require("mongoose");

const Photo = mongoose.model("Photo", new mongoose.Schema({ album: String, title: String }));
const app = express();

app.get("/albums/:id/size", async (req, res) => {
  const photos = await Photo.find({ album: req.params.id }); // finding: DB-PERF-011 confidence: medium
  res.json({ size: photos.length });
});

app.get("/albums/:id/total", async (req, res) => {
  const total = (await Photo.find({ album: req.params.id })).length; // finding: DB-PERF-011 confidence: medium
  res.json({ total });
});

app.get("/albums/:id/empty", async (req, res) => {
  const photos = await Photo.find({ album: req.params.id }); // ok: whether there are any; mutate: s/photos.length === 0/photos.length/
  res.json({ empty: photos.length === 0 });
});

app.get("/albums/:id/titles", async (req, res) => {
  const photos = await Photo.find({ album: req.params.id }); // ok: the titles are wanted, too; mutate: s/photos.map((photo) => photo.title)/[]/
  res.json({ size: photos.length, titles: photos.map((photo) => photo.title) });
});

app.get("/albums/:id/count", async (req, res) => {
  res.json({ size: await Photo.countDocuments({ album: req.params.id }) }); // ok: counted by the database
});

app.listen(8080);
