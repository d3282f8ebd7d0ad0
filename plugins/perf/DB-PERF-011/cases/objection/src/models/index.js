module.exports = {
  Message: require("./message"),
  Order: require("./order"),
};
