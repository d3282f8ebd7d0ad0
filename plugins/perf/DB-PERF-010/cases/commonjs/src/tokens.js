const { Token } = require("../models");

async function forget(user) {
  await Token.deleteMany({ user: user.id }); // finding: DB-PERF-010 confidence: medium
}

async function find(token) {
  return Token.findOne({ token, user: 3 }); // ok: the token has an index; mutate: models/token.js s/, index: true//
}

module.exports = { forget, find };
