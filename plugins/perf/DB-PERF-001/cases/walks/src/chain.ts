import mongoose from "mongoose";
import { PrismaClient } from "@prisma/client";

const prisma = new PrismaClient();
const Job = mongoose.model("Job", new mongoose.Schema({ parentId: String, status: String }));

export async function pathOf(start: number | null) {
  const names = [];
  let id = start;
  while (id) {
    const folder = await prisma.folder.findUnique({ where: { id } }); // finding: DB-PERF-001 confidence: medium
    names.push(folder.name);
    id = folder.parentId;
  }
  return names;
}

export async function closeChain(first: { _id: string }) {
  let job = await Job.findOne({ parentId: first._id });
  while (job) {
    job = await Job.findOneAndUpdate({ parentId: job._id }, { $set: { status: "closed" } }); // ok: changes each job on its way
  }
}

export async function chainOf(first: { _id: string }) {
  const all = [];
  let next = await Job.findOne({ parentId: first._id });
  while (next) {
    all.push(next);
    next = await Job.findOne({ parentId: next._id }); // ok: each query needs the one before; mutate: s/while (next)/for (const job of all)/ s/next = await Job.findOne({ parentId: next._id })/await Job.findOne({ parentId: job._id })/
  }
  return all;
}

export async function treeOf(root: number) {
  const queue = [root];
  const all = [];
  while (queue.length > 0) {
    const parentId = queue.shift();
    const children = await prisma.folder.findMany({ where: { parentId } }); // finding: DB-PERF-001 confidence: medium
    all.push(...children);
    queue.push(...children.map((one) => one.id));
  }
  return all;
}

export async function stepsOf(steps: { feedId?: number }[]) {
  for (let i = 0; i < steps.length; i += 1) {
    const step = steps[i];
    await prisma.feed.findUnique({ where: { id: step.feedId } }); // finding: DB-PERF-001
  }
}

export async function eitherOf(items: { kind: string; id: number }[]) {
  for (const item of items) { // finding: DB-PERF-001
    if (item.kind === "order") {
      await prisma.order.findUnique({ where: { id: item.id } });
    }
    if (item.kind === "user") {
      await prisma.user.findUnique({ where: { id: item.id } });
    }
  }
}
