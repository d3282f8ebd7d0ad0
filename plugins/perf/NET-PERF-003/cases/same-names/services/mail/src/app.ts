import { Router } from "express";

export const app = Router();

app.get("/mails", (request, response) => response.json([]));
