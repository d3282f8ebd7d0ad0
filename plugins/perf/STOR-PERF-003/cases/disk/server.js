const express = require("express");
const multer = require("multer");

const app = express();
const storage = multer.diskStorage({ destination: "uploads/" }); // finding: STOR-PERF-003 confidence: medium
const upload = multer({ storage });

app.post("/photos", upload.single("photo"), (request, response) => response.send(request.file.path));
