import express from "express";
import mongoose from "mongoose";
import { Pool } from "pg";
import { report } from "./report";

const pool = new Pool(); // ok: connects with its first query
const app = express();
app.get("/", async (req, res) => res.json((await pool.query("SELECT 1")).rows.concat(report())));

async function connectDB() {
  await mongoose.connect(process.env.MONGO_URL); // finding: PERF-002
}

async function start() {
  await connectDB();
  app.listen(3000);
}

start();
