const router = require("express").Router();
const mongoose = require("mongoose");

const Order = mongoose.model("Order");

router.get("/", async (request, response) => {
  await Order.findOne(); // finding: CR-002 -- mounted under a path of the file's name
  response.send("ok");
});

module.exports = router;
