const { DynamoDBDocument, DynamoDBDocumentClient, QueryCommand } = require("@aws-sdk/lib-dynamodb");
const { DynamoDB, DynamoDBClient } = require("@aws-sdk/client-dynamodb");

const table = DynamoDBDocument.from(new DynamoDB({}));
const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));

async function numbersOf(shop) {
  const numbers = [];
  const params = { TableName: "orders", KeyConditionExpression: "shop = :shop", ExpressionAttributeValues: { ":shop": shop } };
  do {
    const page = await table.query(params); // finding: DB-PERF-003 confidence: medium
    page.Items.forEach((order) => {
      numbers.push(order.number);
    });
    params.ExclusiveStartKey = page.LastEvaluatedKey;
  } while (params.ExclusiveStartKey);
  return numbers;
}

async function totalsOf(shop) {
  const page = await client.send(
    // ok: the total is all that comes; mutate: s/ProjectionExpression: "total", //
    new QueryCommand({ TableName: "orders", ProjectionExpression: "total", KeyConditionExpression: "shop = :shop", ExpressionAttributeValues: { ":shop": shop } })
  );
  return page.Items.map((order) => order.total);
}

async function ordersOf(shop) {
  // ok: the caller has them whole; mutate: s/return page.Items;/return page.Items.map((order) => order.id);/
  const page = await table.query({ TableName: "orders", KeyConditionExpression: "shop = :shop", ExpressionAttributeValues: { ":shop": shop } });
  return page.Items;
}

exports.handler = async (event) => {
  const { shop } = event.queryStringParameters;
  return { statusCode: 200, body: JSON.stringify([await numbersOf(shop), await totalsOf(shop), await ordersOf(shop)]) };
};
