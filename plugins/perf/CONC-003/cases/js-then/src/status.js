import express from "express";
import mongoose from "mongoose";

const app = express();
const Note = mongoose.model("Note", new mongoose.Schema({ title: String }));
const User = mongoose.model("User", new mongoose.Schema({ name: String }));
const online = {};

app.get("/status", (request, response) => {
  Note.countDocuments().then((notes) => {
    const names = [];
    Object.keys(online).forEach((key) => {
      names.push(online[key]);
    });
    return User.countDocuments().then((users) => { // finding: CONC-003
      response.json({ notes, users, names });
    });
  });
});

app.get("/some", (request, response) => {
  Note.countDocuments().then((notes) => {
    const limit = notes > 9 ? 9 : notes;
    return User.find({}).limit(limit).then((users) => { // ok: as many as there are notes
      response.json({ notes, users });
    });
  });
});

app.get("/none", (request, response) => {
  Note.countDocuments().then((notes) => {
    if (notes === 0) {
      return response.end();
    }
    return User.countDocuments().then((users) => { // ok: without notes nobody is counted
      response.json({ notes, users });
    });
  });
});
