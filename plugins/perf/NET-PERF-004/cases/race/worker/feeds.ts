import fetch from "node-fetch";
import { Worker } from "bullmq";
import { save } from "./archive";

const timer = (ms: number) => new Promise((_, reject) => setTimeout(() => reject(new Error("late")), ms));

async function inPlace(url: string) {
  return Promise.race([fetch(url), timer(3000)]); // ok: raced by a timer; mutate: s/Promise.race([fetch(url), timer(3000)])/fetch(url)/
}

async function byName(url: string) {
  const answer = fetch(url); // ok: raced below; mutate: s/Promise.race([answer, timer(3000)])/answer/
  return Promise.race([answer, timer(3000)]);
}

async function fromAbove(url: string) {
  return fetch(url); // ok: its only caller races it; mutate: s/Promise.race([fromAbove(job.data.url), timer(3000)])/fromAbove(job.data.url)/
}

async function alone(url: string) {
  return fetch(url); // finding: NET-PERF-004
}

new Worker("feeds", async (job) => {
  await inPlace(job.data.url);
  await byName(job.data.url);
  await Promise.race([fromAbove(job.data.url), timer(3000)]);
  await alone(job.data.url);
  await save(job.data.url);
});
