const { sheet } = require("./sheet");

exports.handler = async (event) => {
  if (event.path === "/sheet") {
    return { statusCode: 200, body: await sheet(JSON.parse(event.body)) };
  }
  return { statusCode: 404 };
};
