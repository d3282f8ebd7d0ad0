const wrap = require("wrap-errors");
exports.two = async (req, res) => { probe(); };
exports.four = wrap(async (req, res) => { probe(); });
