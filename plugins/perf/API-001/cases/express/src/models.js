const mongoose = require("mongoose");

const Order = mongoose.model("Order", new mongoose.Schema({ total: Number, owner: String }));
const Country = mongoose.model("Country", new mongoose.Schema({ name: String }));

module.exports = { Order, Country };
