module.exports.Token = require("./token");
