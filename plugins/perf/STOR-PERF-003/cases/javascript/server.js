const express = require("express");
const multer = require("multer");
const multerS3 = require("multer-s3");
const formidable = require("formidable");
const { S3Client, PutObjectCommand } = require("@aws-sdk/client-s3");

const app = express();
const s3 = new S3Client();
const upload = multer({ storage: multer.memoryStorage() });
const one = upload.single("photo"); // finding: STOR-PERF-003

app.post("/proofs", one, async (request, response) => {
  await s3.send(new PutObjectCommand({ Bucket: "proofs", Key: request.file.originalname, Body: request.file.buffer }));
  response.sendStatus(201);
});

const films = multer({ storage: multerS3({ s3, bucket: "films" }) }); // finding: STOR-PERF-003

app.post("/films", films.single("film"), (request, response) => response.sendStatus(201));

app.post("/scans", (request, response) => {
  const form = formidable(); // finding: STOR-PERF-003
  form.parse(request, async (error, fields, files) => {
    await s3.send(new PutObjectCommand({ Bucket: "scans", Key: "scan", Body: files.scan }));
    response.sendStatus(201);
  });
});

// ok: at most half a megabyte; mutate: s/512 * 1024/512 * 1024 * 1024/
const notes = multer({ storage: multerS3({ s3, bucket: "notes" }), limits: { fileSize: 512 * 1024 } });

app.post("/notes", notes.single("note"), (request, response) => response.sendStatus(201));
