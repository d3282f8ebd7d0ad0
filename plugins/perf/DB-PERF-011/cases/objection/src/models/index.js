module.exports = {
  Order: require("./order"),
};
