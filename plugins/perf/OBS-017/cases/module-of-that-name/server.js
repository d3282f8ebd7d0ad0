import express from "express";
import { revenue } from "./metrics";

const app = express();
app.get("/revenue", (request, response) => response.json(revenue()));
