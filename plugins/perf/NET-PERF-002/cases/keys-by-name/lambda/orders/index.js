const fs = require("fs");

const steps = fs.readdirSync(`${__dirname}/steps`).map((name) => require(`./steps/${name}`));

exports.handler = async (event, context) => {
  for (const step of steps) {
    await step(event);
  }
};
