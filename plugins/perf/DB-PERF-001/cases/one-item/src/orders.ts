import { PrismaClient } from "@prisma/client";

const prisma = new PrismaClient();

async function linesOf(kind: string, id: number) {
  if (kind === "order") {
    return prisma.line.findMany({ where: { orderId: id } });
  }
  return [];
}

export async function every(pairs: [string, number][], fields: Record<string, number>) {
  const found = [];
  for (const [kind, id] of pairs) {
    found.push(await linesOf(kind, id)); // finding: DB-PERF-001
  }
  for (const [kind, id] of Object.entries(fields)) {
    found.push(await linesOf(kind, id)); // ok: only the entry with that key; mutate: s/Object.entries(fields)/pairs/
  }
  return found;
}

export async function ofCustomer(orders: { id: number; customerId: number }[], customer: { id: number }) {
  const found = [];
  for (const order of orders) {
    if (order.customerId === customer.id) {
      found.push(await prisma.line.findFirst({ where: { orderId: order.id } })); // finding: DB-PERF-001
    }
  }
  for (const order of orders) {
    if (order.id !== customer.id) continue;
    // ok: only the one with that key; mutate: s/order.id !== customer.id/order.customerId !== customer.id/
    found.push(await prisma.line.findFirst({ where: { orderId: order.id } }));
  }
  return found;
}
