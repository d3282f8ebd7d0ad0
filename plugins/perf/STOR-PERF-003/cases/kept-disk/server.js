const express = require("express");
const multer = require("multer");

const app = express();
// ok: nothing says that the disk is thrown away
const storage = multer.diskStorage({ destination: "uploads/" });
const upload = multer({ storage });

app.post("/photos", upload.single("photo"), (request, response) => response.send(request.file.path));
