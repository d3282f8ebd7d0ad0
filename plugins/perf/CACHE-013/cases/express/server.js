const express = require("express");

const app = express();
app.disable("etag"); // finding: CACHE-013 confidence: medium
const COUNTRIES = ["AT", "BE", "CH", "DE", "FR"];

app.get("/countries", (req, res) => res.json(COUNTRIES)); // finding: CACHE-013 confidence: low
