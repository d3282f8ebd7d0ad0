import express from "express";
import { DataSource } from "typeorm";

const app = express();
const source = new DataSource({ type: "postgres", url: process.env.DATABASE_URL });

source.initialize().catch((error) => console.error(error)); // ok: nothing waits for it
app.listen(3002);
