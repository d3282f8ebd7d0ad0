import { PrismaClient } from "@prisma/client";
import { Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";

import { Order, Shop, Token } from "./types";

const prisma = new PrismaClient();

@Resolver(() => Shop)
export class ShopResolver {
  @Query(() => [Shop])
  async shops() {
    return await prisma.shop.findMany({ take: 20 });
  }

  @FieldResolver(() => [Order])
  async orders(@Root() shop: Shop) {
    return await prisma.order.findMany({ where: { shopId: shop.id }, take: 5 }); // finding: DB-PERF-001
  }

  @FieldResolver()
  async owner(@Root() shop: Shop) {
    return await prisma.user.findUnique({ where: { id: shop.ownerId } }); // ok: Prisma asks for all of them at once; mutate: s/findUnique/findFirst/
  }

  @FieldResolver(() => [Order])
  async visits(@Root() shop: Shop, @Ctx() ctx) {
    return await ctx.visitsLoader.load(shop.id); // ok: asked for together; mutate: s/ctx.visitsLoader.load(shop.id)/prisma.visit.count({ where: { shopId: shop.id } })/
  }

  @FieldResolver(() => [Order])
  async newest() {
    return await prisma.order.findMany({ take: 5 }); // ok: the same for all
  }
}

@Resolver(() => Token)
export class TokenResolver {
  @FieldResolver()
  async user(@Root() token: Token) {
    return await prisma.user.findFirst({ where: { tokenId: token.id } }); // ok: no list of them is seen; mutate: src/types.ts s/{Token/[Token/
  }
}
