const { Pool } = require("pg");
const AWS = require("aws-sdk");

exports.create = async (event) => {
  // finding: LAMBDA-002 confidence: high
  const pool = new Pool({ connectionString: process.env.DATABASE_URL });
  await pool.query("INSERT INTO orders (id) VALUES ($1)", [event.id]);
  await notify(event.id);
};

async function notify(id) {
  // finding: LAMBDA-002 confidence: high
  const sqs = new AWS.SQS();
  await sqs.sendMessage({ QueueUrl: process.env.QUEUE, MessageBody: id }).promise();
}
