import { PrismaClient } from "@prisma/client";

export const prisma = new PrismaClient();

export class Orders {
  rows: unknown[] = [];
  teams: unknown[] = [];

  async load() {
    this.rows = await prisma.order.findMany({ take: 10 });
    this.teams = await prisma.team.findMany({ take: 10 }); // finding: CONC-003
  }

  async count(by: string, seen: Map<string, number>) {
    if (!seen.has(by)) {
      seen.set(by, await prisma.order.count({ where: { by } }));
    }
    return seen.get(by);
  }

  async both(a: string, b: string) {
    const seen = new Map<string, number>();
    const first = await this.count(a, seen);
    const second = await this.count(b, seen); // ok: fills a cache that both use; mutate: s/seen.set(by, await prisma.order.count({ where: { by } }));/await prisma.order.count({ where: { by } });/
    return [first, second];
  }
}
