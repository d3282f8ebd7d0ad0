import express from "express";
import { list, read, remove } from "./storage.js";

const app = express();
app.get("/files/:key", read);
app.get("/files", list);
app.delete("/files", remove);
app.listen(3000);
