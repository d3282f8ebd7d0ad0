import { Controller, DefaultValuePipe, Get, Injectable, ParseIntPipe, Query } from "@nestjs/common";
import { Prisma, PrismaClient } from "@prisma/client";

@Injectable()
export class OrdersService {
  constructor(private readonly prisma: PrismaClient) {}

  private async orders({ skip, take, where }: { skip?: number; take?: number; where?: Prisma.OrderWhereInput }) {
    return this.prisma.order.findMany({ skip, take, where });
  }

  // What nobody asks to bound, gives all.
  async all({ skip, take = Number.MAX_SAFE_INTEGER }: { skip?: number; take?: number }) {
    const [count, orders] = await Promise.all([this.prisma.order.count(), this.orders({ skip, take })]);
    return { count, orders };
  }

  private async values() {
    return this.prisma.property.findMany();
  }

  async overview() {
    const [count, settings] = await Promise.all([this.prisma.order.count(), this.values()]);
    return { count, settings };
  }

  async articles({ take = 20 }: { take?: number }) {
    return this.prisma.article.findMany({ take });
  }

  async customers(take?: number) {
    return this.prisma.customer.findMany({ take });
  }
}

@Controller("orders")
export class OrdersController {
  constructor(private readonly service: OrdersService) {}

  @Get()
  async all(@Query("skip") skip?: number, @Query("take", new ParseIntPipe({ optional: true })) take?: number) { // finding: API-001 -- what nobody asks to bound, gives all
    return this.service.all({ skip, take });
  }

  @Get("overview")
  async overview() { // ok: what takes them says that there are few; mutate: s/[count, settings]/[count, found]/; s/{ count, settings }/{ count, found }/
    return this.service.overview();
  }

  @Get("articles")
  async articles(@Query("take") take?: number) { // ok: a page, unless another one is asked for; mutate: s/take = 20/take = Infinity/
    return this.service.articles({ take });
  }

  @Get("customers")
  async customers(@Query("take", new DefaultValuePipe(50), ParseIntPipe) take?: number) { // ok: who asks gives a default; mutate: s/new DefaultValuePipe(50), //
    return this.service.customers(take);
  }
}
