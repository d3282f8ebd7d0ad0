import { Worker } from "bullmq";
import Stripe from "stripe";

const stripe = new Stripe("key");

new Worker("charge", async (job) => {
  await stripe.paymentIntents.create({ amount: job.data.total, currency: "eur" }); // finding: JOB-001
});

new Worker("refund", async (job) => {
  await stripe.refunds.create({ charge: job.data.charge }); // finding: JOB-001
});

new Worker("transfer", async (job) => {
  await stripe.transfers.create({ amount: job.data.total, destination: job.data.to }); // finding: JOB-001
});

new Worker("once", async (job) => {
  await stripe.charges.create({ amount: job.data.total }, { idempotencyKey: job.id }); // ok: a key; mutate: s/, { idempotencyKey: job.id }//
});
