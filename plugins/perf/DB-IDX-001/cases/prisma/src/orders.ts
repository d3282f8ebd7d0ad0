import { PrismaClient } from "@prisma/client";

const prisma = new PrismaClient();

export async function orders(user: number, shop: number) {
  await prisma.order.findMany({ where: { customerId: user }, orderBy: { id: "desc" } });
  await prisma.order.count({ where: { shopId: shop } });
  await prisma.order.findMany({ where: { sellerId: user } });
  await prisma.order.findFirst({ where: { number: "3", packerId: user } });
  await prisma.line.findMany({ where: { orderId: user } });
  return prisma.user.findUnique({ where: { id: user }, include: { notes: true } });
}
