import express from "express";
import fileUpload from "express-fileupload";
import multer from "multer";
import multerS3 from "multer-s3";

const app = express();
const MEMORY = multer.memoryStorage();
const options = { storage: MEMORY };

export const open = multer(); // finding: STOR-PERF-002 confidence: medium
export const kept = multer({ storage: multer.memoryStorage() }); // finding: STOR-PERF-002 confidence: medium
export const named = multer(options); // finding: STOR-PERF-002 confidence: medium
// finding: STOR-PERF-002 confidence: medium
export const counted = multer({ storage: MEMORY, limits: { files: 3 } });
export const capped = multer({ storage: MEMORY, limits: { fileSize: 5 * 1024 * 1024 } }); // ok: so many bytes; mutate: s/limits: { fileSize: 5 * 1024 * 1024 }/limits: { files: 3 }/
export const disk = multer({ dest: "/var/uploads" }); // ok: written to the disk; mutate: s/ dest: "\/var\/uploads" / preservePath: true /
export const stored = multer({ storage: multerS3({ s3, bucket: "shop" }) }); // ok: goes on to the store; mutate: s/multerS3({ s3, bucket: "shop" })/multer.memoryStorage()/
export const written = multer({ storage: multer.diskStorage({ destination: "/var/uploads" }) }); // ok: written to the disk; mutate: s/multer.diskStorage({ destination: "\/var\/uploads" })/multer.memoryStorage()/

app.post("/open", open.single("file"), async (request, response) => {
  await s3.upload({ Bucket: "shop", Key: "open", Body: request.file.buffer });
  response.json({ size: request.file.size });
});
app.post("/avatar", multer().single("avatar"), (request, response) => response.json({})); // ok: short by its name; mutate: s/multer().single("avatar")/multer().single("report")/ s/"\/avatar"/"\/report"/
app.use(fileUpload()); // finding: STOR-PERF-002 confidence: medium
app.use("/temporary", fileUpload({ useTempFiles: true })); // ok: written to the disk; mutate: s/{ useTempFiles: true }/{ debug: true }/
app.use("/capped", fileUpload({ limits: { fileSize: 1024 * 1024 } })); // ok: so many bytes; mutate: s/{ limits: { fileSize: 1024 * 1024 } }/{ debug: true }/
