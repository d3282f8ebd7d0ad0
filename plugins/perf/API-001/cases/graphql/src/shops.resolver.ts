import { PrismaClient } from "@prisma/client";
import { Arg, Authorized, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from "type-graphql";

import { Order, Shop } from "./types";

const prisma = new PrismaClient();

const isOwner = (user: { role: string }) => user.role === "owner";

@Resolver(() => Shop)
export class ShopResolver {
  @Query(() => [Shop])
  async shops(): Promise<Shop[]> { // finding: API-001
    return await prisma.shop.findMany({ include: { owner: true }, orderBy: { name: "asc" } });
  }

  @Authorized("shops")
  @Query(() => [Shop])
  async ownShops(@Ctx() ctx: { user: { id: number; role: string } }): Promise<Shop[]> { // finding: API-001
    return await prisma.shop.findMany({
      ...(!isOwner(ctx.user) && { where: { ownerId: ctx.user.id } }),
      orderBy: { name: "asc" },
    });
  }

  @Query(() => [Order])
  async orders(@Ctx() ctx: { user: { id: number; role: string } }): Promise<Order[]> { // finding: API-001
    return await prisma.order.findMany({ where: { ...(isOwner(ctx.user) ? {} : { buyerId: ctx.user.id }) } });
  }

  @Query(() => [Order])
  async ordersOf(@Arg("shopId") shopId: number, @Arg("state") state?: string): Promise<Order[]> { // finding: API-001 confidence: low -- the shop is asked for in every case
    return await prisma.order.findMany({ where: { shopId, ...(state && { state }) } });
  }

  @Query(() => [Order])
  async newest(@Arg("first") first?: number): Promise<Order[]> { // ok: the page is spread into the options; mutate: s/...(first ? { take: first } : { take: 20 }), //
    return await prisma.order.findMany({ ...(first ? { take: first } : { take: 20 }), orderBy: { id: "desc" } });
  }

  @FieldResolver(() => [Order])
  async recent(@Root() shop: Shop): Promise<Order[]> { // finding: API-001 confidence: low -- what belongs to one shop
    return await prisma.order.findMany({ where: { shopId: shop.id } });
  }

  @Mutation(() => [Shop])
  async openAll(): Promise<Shop[]> { // ok: a change
    return await prisma.shop.findMany({ where: { open: false } });
  }

  @Query(() => [String])
  async accounts() { // ok: a table of one row; mutate: s/where: { id: TOKEN }/where: { id }/
    return await prisma.account.findMany();
  }

  @Mutation(() => Boolean)
  async connect(@Arg("secret") secret: string, @Arg("id") id: number): Promise<boolean> {
    await prisma.account.upsert({ where: { id: TOKEN }, update: { secret }, create: { secret } });
    return true;
  }
}

const TOKEN = 1;
