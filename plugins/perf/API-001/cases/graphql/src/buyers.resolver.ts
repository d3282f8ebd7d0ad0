import { Args, Mutation, Query, ResolveField, Resolver } from "@nestjs/graphql";
import { InjectRepository } from "@nestjs/typeorm";
import { Repository } from "typeorm";

import { Buyer } from "./buyer.entity";

@Resolver(() => Buyer)
export class BuyersResolver {
  constructor(@InjectRepository(Buyer) private readonly store: Repository<Buyer>) {}

  @Query(() => [Buyer], { name: "buyers" })
  findAll() { // finding: API-001
    return this.store.find();
  }

  @Query(() => [Buyer])
  page(@Args("skip") skip: number) { // ok: a page; mutate: s/{ take: 20, skip }//
    return this.store.find({ take: 20, skip });
  }

  @Mutation(() => [Buyer])
  forgetAll() { // ok: a change
    return this.store.find();
  }
}
