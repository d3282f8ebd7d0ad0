const express = require("express");
const { Account, Draft, File, Receipt } = require("./models");

const app = express();

app.get("/me", async (req, res) => {
  const account = await Account.query().first().where("providerId", req.user.providerId);
  const other = await Account.query().findOne({ email: req.query.email });
  res.json([account, other, await Receipt.query().where("accountId", account.id)]);
});

app.delete("/files/:id", async (req, res) => {
  await File.query().deleteById(req.params.id);
  res.json(await Draft.query().findById(req.params.id));
});
