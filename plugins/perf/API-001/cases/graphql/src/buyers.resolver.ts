import { Args, Mutation, Query, ResolveField, Resolver } from "@nestjs/graphql";
import { InjectRepository } from "@nestjs/typeorm";
import { Repository } from "typeorm";

import { Buyer } from "./buyer.entity";

@Resolver(() => Buyer)
export class BuyersResolver {
  constructor(@InjectRepository(Buyer) private readonly store: Repository<Buyer>) {}

  @Query(() => [Buyer], { name: "buyers" })
  // finding: API-001
  findAll() {
    return this.store.find();
  }

  @Query(() => [Buyer])
  // ok: a page; mutate: s/{ take: 20, skip }//
  page(@Args("skip") skip: number) {
    return this.store.find({ take: 20, skip });
  }

  @Mutation(() => [Buyer])
  // ok: a change
  forgetAll() {
    return this.store.find();
  }
}
