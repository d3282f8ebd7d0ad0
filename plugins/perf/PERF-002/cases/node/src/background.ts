import express from "express";
import mongoose from "mongoose";

const app = express();

const connectDB = async () => {
  await mongoose.connect(process.env.MONGO_URL); // ok: nobody waits for it; mutate: s/\nconnectDB();/\nawait connectDB();/
};

connectDB();
app.listen(3001);
