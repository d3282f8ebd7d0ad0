import { CACHE_MANAGER } from "@nestjs/cache-manager";
import { Controller, Get, Inject, Param } from "@nestjs/common";
import { InjectRepository } from "@nestjs/typeorm";
import { Cache } from "cache-manager";
import { Repository } from "typeorm";
import { User } from "./user.entity";

@Controller("users")
export class UserController {
  constructor(
    @InjectRepository(User) private readonly users: Repository<User>,
    @Inject(CACHE_MANAGER) private readonly cacheManager: Cache,
  ) {}

  @Get(":id")
  async one(@Param("id") id: string) {
    return this.users.findOneBy({ id }); // finding: CACHE-012
  }

  @Get("count/all")
  async count() {
    const all = await this.users.count();
    await this.cacheManager.set("users", all, 1000);
    return all;
  }
}
