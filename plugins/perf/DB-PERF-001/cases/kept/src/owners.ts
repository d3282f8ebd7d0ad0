import { PrismaClient } from "@prisma/client";

const prisma = new PrismaClient();

export async function owners(orders: { ownerId: number }[]) {
  const known = new Map();
  for (const order of orders) {
    let owner = known.get(order.ownerId);
    if (!owner) {
      // finding: DB-PERF-001 confidence: low -- once per owner
      owner = await prisma.owner.findUnique({ where: { id: order.ownerId } });
      known.set(order.ownerId, owner);
    }
  }
  return known;
}
