import { Parent, ResolveField, Resolver } from "@nestjs/graphql";
import { PrismaClient } from "@prisma/client";

const prisma = new PrismaClient();

@Resolver("Order")
export class OrdersResolver {
  @ResolveField("lines")
  async lines(@Parent() order) {
    const { id } = order;
    return prisma.line.findMany({ where: { orderId: id } }); // finding: DB-PERF-001
  }
}
