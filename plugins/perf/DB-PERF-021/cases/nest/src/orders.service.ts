import { Injectable, Controller, Get } from "@nestjs/common";
import { PrismaClient } from "@prisma/client";

@Injectable()
export class OrdersService {
  private prisma = new PrismaClient(); // ok: a provider is made once

  all() {
    return this.prisma.order.findMany({ take: 20 });
  }
}

@Controller("orders")
export class OrdersController {
  constructor(private orders: OrdersService) {}

  @Get()
  async list() {
    return this.orders.all();
  }

  @Get("count")
  async count() {
    // finding: DB-PERF-021 confidence: high
    const prisma = new PrismaClient();
    return prisma.order.count();
  }
}
