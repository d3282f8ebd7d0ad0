import amqp from "amqplib";

export async function consume(channel: amqp.Channel) {
  await channel.consume("orders", async (message) => {
    try {
      await ship(message);
      channel.ack(message);
    } catch (error) {
      channel.nack(message); // finding: JOB-003 confidence: medium
    }
  });
  await channel.consume("mails", (message) => {
    mail(message).catch(() => channel.nack(message, false, false)); // ok: goes to the dead letters; mutate: s/false, false/false, true/
  });
}
