import { PrismaClient } from "@prisma/client";
import { Arg, Authorized, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from "type-graphql";

import { Order, Shop } from "./types";

const prisma = new PrismaClient();

const isOwner = (user: { role: string }) => user.role === "owner";

@Resolver(() => Shop)
export class ShopResolver {
  @Query(() => [Shop])
  // finding: API-001
  async shops(): Promise<Shop[]> {
    return await prisma.shop.findMany({ include: { owner: true }, orderBy: { name: "asc" } });
  }

  @Authorized("shops")
  @Query(() => [Shop])
  // finding: API-001
  async ownShops(@Ctx() ctx: { user: { id: number; role: string } }): Promise<Shop[]> {
    return await prisma.shop.findMany({
      ...(!isOwner(ctx.user) && { where: { ownerId: ctx.user.id } }),
      orderBy: { name: "asc" },
    });
  }

  @Query(() => [Order])
  // finding: API-001
  async orders(@Ctx() ctx: { user: { id: number; role: string } }): Promise<Order[]> {
    return await prisma.order.findMany({ where: { ...(isOwner(ctx.user) ? {} : { buyerId: ctx.user.id }) } });
  }

  @Query(() => [Order])
  // ok: the shop is asked for in every case; mutate: s/where: { shopId, /where: { /
  async ordersOf(@Arg("shopId") shopId: number, @Arg("state") state?: string): Promise<Order[]> {
    return await prisma.order.findMany({ where: { shopId, ...(state && { state }) } });
  }

  @Query(() => [Order])
  // ok: the page is spread into the options; mutate: s/...(first ? { take: first } : { take: 20 }), //
  async newest(@Arg("first") first?: number): Promise<Order[]> {
    return await prisma.order.findMany({ ...(first ? { take: first } : { take: 20 }), orderBy: { id: "desc" } });
  }

  @FieldResolver(() => [Order])
  // ok: what belongs to one shop
  async recent(@Root() shop: Shop): Promise<Order[]> {
    return await prisma.order.findMany({ where: { shopId: shop.id } });
  }

  @Mutation(() => [Shop])
  // ok: a change
  async openAll(): Promise<Shop[]> {
    return await prisma.shop.findMany({ where: { open: false } });
  }

  @Query(() => [String])
  // ok: a table of one row; mutate: s/where: { id: TOKEN }/where: { id }/
  async accounts() {
    return await prisma.account.findMany();
  }

  @Mutation(() => Boolean)
  async connect(@Arg("secret") secret: string, @Arg("id") id: number): Promise<boolean> {
    await prisma.account.upsert({ where: { id: TOKEN }, update: { secret }, create: { secret } });
    return true;
  }
}

const TOKEN = 1;
