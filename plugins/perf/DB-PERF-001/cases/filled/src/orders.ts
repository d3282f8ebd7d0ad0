import { PrismaClient } from "@prisma/client";

const prisma = new PrismaClient();

export async function lines(orders: { id: number }[]) {
  const wanted = [0];
  const kinds = ["first", "second"];
  for (const order of orders) {
    wanted.push(order.id);
  }
  const found = [];
  for (const orderId of wanted) {
    found.push(await prisma.line.findFirst({ where: { orderId } })); // finding: DB-PERF-001
  }
  for (const kind of kinds) {
    found.push(await prisma.line.findFirst({ where: { kind } })); // ok: two of them; mutate: s/of kinds/of wanted/
  }
  return found;
}

export async function spread(ids: number[]) {
  const wanted = [0];
  const sorts = [0];
  wanted.push(...ids);
  sorts.push(1, 2);
  const found = [];
  for (const orderId of wanted) {
    found.push(await prisma.line.findFirst({ where: { orderId } })); // finding: DB-PERF-001
  }
  for (const sort of sorts) {
    found.push(await prisma.line.findFirst({ where: { kind: sort } })); // ok: three of them; mutate: s/sorts.push(1, 2)/sorts.push(...ids)/
  }
  return found;
}
