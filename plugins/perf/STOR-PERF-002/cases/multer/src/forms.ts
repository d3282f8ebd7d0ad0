import express from "express";
import multer from "multer";

const forms = express.Router();

forms.post("/contact", multer().none(), (request, response) => response.json(request.body)); // ok: no files; mutate: s/none()/any()/

export default forms;
