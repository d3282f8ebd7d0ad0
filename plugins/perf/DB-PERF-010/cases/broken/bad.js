import mongoose from "mongoose";
export const Bad = mongoose.model("Bad", new mongoose.Schema({ user: 
