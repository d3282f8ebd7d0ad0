import { Controller, Get, Injectable } from "@nestjs/common";
import { Cron } from "@nestjs/schedule";
import { PrismaClient } from "@prisma/client";

const prisma = new PrismaClient();

@Injectable()
export class Digests {
  @Cron("0 6 * * *")
  async send(since: Date) {
    return prisma.notification.findMany({ where: { createdAt: { gte: since } } });
  }
}

@Controller("messages")
export class Messages {
  @Get()
  async latest() {
    return prisma.message.findMany({ orderBy: { addedAt: "desc" }, take: 20 });
  }
}
