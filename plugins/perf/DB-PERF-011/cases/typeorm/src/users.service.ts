import { Controller, Get, Injectable, Post } from "@nestjs/common";
import { InjectRepository } from "@nestjs/typeorm";
import { Repository } from "typeorm";

import { User } from "./user.entity";

@Injectable()
export class UsersService {
  constructor(@InjectRepository(User) private users: Repository<User>) {}

  async countActive() {
    const users = await this.users.find({ where: { active: true } }); // finding: DB-PERF-011
    return users.length;
  }

  async firstActive() {
    const users = await this.users.find({ where: { active: true }, take: 10 }); // ok: ten; mutate: s/, take: 10//
    return users.length;
  }
}

@Controller("users")
export class UsersController {
  constructor(private service: UsersService) {}

  @Get("active")
  active() {
    return this.service.countActive();
  }

  @Get("first")
  first() {
    return this.service.firstActive();
  }
}
