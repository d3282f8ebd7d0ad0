const AWS = require("aws-sdk");

const table = new AWS.DynamoDB.DocumentClient();

exports.handler = async (event) => {
  const answer = await table.scan({ TableName: "orders", Limit: 20 }).promise(); // ok: one page of twenty
  return { statusCode: 200, body: JSON.stringify(answer.Items) };
};
