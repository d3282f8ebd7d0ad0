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
