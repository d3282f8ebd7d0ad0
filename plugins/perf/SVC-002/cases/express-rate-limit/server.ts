import express from "express";
import { rateLimit } from "express-rate-limit";

const app = express();
app.post("/login", rateLimit({ limit: 5 }), (request, response) => response.json({}));
