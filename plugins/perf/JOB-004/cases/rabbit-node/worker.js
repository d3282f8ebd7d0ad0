const amqp = require("amqplib");

async function main() {
  const connection = await amqp.connect("amqp://rabbit");
  const channel = await connection.createChannel();
  await channel.assertQueue("mail", { durable: true }); // finding: JOB-004 confidence: low
  await channel.assertQueue("orders", { deadLetterExchange: "dead" }); // ok: dead letters have an exchange; mutate: s/deadLetterExchange/messageTtl/
  await channel.assertQueue("answers", { exclusive: true }); // ok: for answers; mutate: s/exclusive: true/durable: true/
  await channel.consume("mail", (message) => channel.ack(message));
}

main();
