import express from "express";
import multer from "multer";
import XLSX from "xlsx";

const tables = express.Router();
const upload = multer({ storage: multer.memoryStorage() }); // finding: STOR-PERF-002 confidence: low -- what reads a workbook needs all of it

tables.post("/tables", upload.single("table"), (request, response) => {
  response.json(XLSX.read(request.file.buffer).SheetNames);
});

export default tables;
