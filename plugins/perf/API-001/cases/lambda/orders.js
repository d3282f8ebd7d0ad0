const AWS = require("aws-sdk");

const table = new AWS.DynamoDB.DocumentClient();

exports.handler = async (event) => {
  const items = [];
  let key;
  do {
    const answer = await table.scan({ TableName: "orders", ExclusiveStartKey: key }).promise(); // finding: API-001
    items.push(...answer.Items);
    key = answer.LastEvaluatedKey;
  } while (key);
  return { statusCode: 200, body: JSON.stringify(items) };
};
