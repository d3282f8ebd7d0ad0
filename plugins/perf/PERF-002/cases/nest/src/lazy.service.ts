import { Injectable } from "@nestjs/common";
import { PrismaClient } from "@prisma/client";

@Injectable()
export class LazyService extends PrismaClient {
  constructor() {
    super();
    this.$connect().then(() => console.log("there")); // ok: nothing waits for it
  }
}
