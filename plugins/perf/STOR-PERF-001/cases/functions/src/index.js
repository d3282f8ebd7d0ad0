const fs = require("fs");
const os = require("os");
const path = require("path");
const { onRequest } = require("firebase-functions/v2/https");
const tmp = require("tmp");

exports.resize = onRequest(async (request, response) => {
  const kept = path.join(os.tmpdir(), "photo.jpg"); // finding: STOR-PERF-001
  fs.writeFileSync(kept, request.rawBody);
  response.send("ok");
});

exports.scan = onRequest((request, response) => {
  fs.createWriteStream("/tmp/scan.tiff").end(request.rawBody); // finding: STOR-PERF-001
  response.send("ok");
});

exports.film = onRequest((request, response) => {
  const file = tmp.fileSync(); // finding: STOR-PERF-001
  response.send(file.name);
});
