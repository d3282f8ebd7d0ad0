const express = require("express");
const { Sequelize } = require("sequelize");
const { download, parse } = require("./files");

const sequelize = new Sequelize(process.env.DATABASE_URL);
const app = express();

app.post("/import", async (request, response) => {
  const transaction = await sequelize.transaction(); // finding: MEM-002 confidence: medium
  const file = await download(request.body.key);
  try {
    await parse(file, { transaction });
    await transaction.commit();
  } catch (error) {
    await transaction.rollback();
  }
  response.end();
});

app.post("/read", async (request, response) => {
  const file = await download(request.body.key);
  const transaction = await sequelize.transaction(); // ok: nothing fails before the try; mutate: s/const name = 1;/await download(1);/
  const name = 1;
  try {
    await parse(file, { transaction });
    await transaction.commit();
  } catch (error) {
    await transaction.rollback();
  }
  response.json(name);
});

app.post("/managed", async (request, response) => {
  await sequelize.transaction(async (transaction) => { // ok: ends with its function
    const file = await download(request.body.key);
    await parse(file, { transaction });
  });
  response.end();
});

app.listen(3000);
