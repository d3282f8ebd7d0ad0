const { DynamoDBClient, PutItemCommand } = require("@aws-sdk/client-dynamodb");

const client = new DynamoDBClient({});

module.exports.writeOrders = async function (table, orders) {
  for (const order of orders) {
    await client.send(new PutItemCommand({ TableName: table, Item: { id: { S: order.id } } })); // finding: DB-PERF-001 confidence: high
  }
};
