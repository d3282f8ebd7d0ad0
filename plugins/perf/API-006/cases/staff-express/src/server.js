const express = require("express");
const mongoose = require("mongoose");

const User = mongoose.model("User", new mongoose.Schema({ name: String }));
const Order = mongoose.model("Order", new mongoose.Schema({ total: Number }));
const Comment = mongoose.model("Comment", new mongoose.Schema({ text: String }));
const router = express.Router();

const getUsers = async (req, res) => {
  if (!req.user.isAdmin) {
    return res.status(403).json({ message: "not yours" });
  }
  const page = Number(req.query.page);
  res.json(await User.find().sort({ _id: 1 }).skip(page * 20).limit(20)); // finding: API-006 confidence: low
};

const getOrders = async (req, res) => {
  const page = Number(req.query.page);
  res.json(await Order.find().sort({ _id: 1 }).skip(page * 20).limit(20)); // finding: API-006 confidence: low
};

const getComments = async (req, res) => {
  const page = Number(req.query.page);
  res.json(await Comment.find().sort({ _id: 1 }).skip(page * 20).limit(20)); // finding: API-006 confidence: medium
};

router.get("/users", getUsers);
router.get("/orders", requireAdmin, getOrders);
router.get("/comments", getComments);

function requireAdmin(req, res, next) {
  next();
}
