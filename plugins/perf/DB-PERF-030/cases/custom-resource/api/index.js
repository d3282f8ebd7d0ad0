const { DynamoDBDocument } = require("@aws-sdk/lib-dynamodb");
const { DynamoDB } = require("@aws-sdk/client-dynamodb");

const table = DynamoDBDocument.from(new DynamoDB({}));

exports.handler = async (event) => {
  // finding: DB-PERF-030 confidence: high
  const page = await table.scan({ TableName: "devices", FilterExpression: "room = :room", ExpressionAttributeValues: { ":room": event.queryStringParameters.room } });
  return { statusCode: 200, body: JSON.stringify(page.Items) };
};
