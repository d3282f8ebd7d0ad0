const express = require("express");

const app = express();
const options = { setHeaders: (response) => response.set("X-Kept", "yes") };

app.use(express.static("build", { maxAge: "1y", immutable: true })); // ok: kept for a year; mutate: s/, { maxAge: "1y", immutable: true }//
app.use("/images", express.static("images", options)); // ok: a function decides; mutate: s/"images", options/"images"/
