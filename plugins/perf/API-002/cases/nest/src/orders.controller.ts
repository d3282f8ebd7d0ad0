import { Controller, DefaultValuePipe, Get, ParseIntPipe, Query } from "@nestjs/common";
import { PrismaClient } from "@prisma/client";

import { BoundedPipe } from "./bounded.pipe";

const prisma = new PrismaClient();

@Controller("orders")
export class OrdersController {
  @Get()
  async list(@Query("limit", new DefaultValuePipe(20), ParseIntPipe) limit: number) { // finding: API-002
    return prisma.order.findMany({ take: limit });
  }

  @Get("some")
  async some(@Query("limit", BoundedPipe) limit: number) { // ok: the pipe may bound it; mutate: s/BoundedPipe) limit/ParseIntPipe) limit/
    return prisma.order.findMany({ take: limit });
  }
}
