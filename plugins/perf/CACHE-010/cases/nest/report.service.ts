import { CACHE_MANAGER } from "@nestjs/cache-manager";
import { Inject, Injectable } from "@nestjs/common";
import { Cache } from "cache-manager";

@Injectable()
export class ReportService {
  constructor(
    @Inject(CACHE_MANAGER) private readonly cacheManager: Cache,
    private readonly reports: ReportRepository,
  ) {}

  async list(workspaceId: string, page: number) {
    const cached = await this.cacheManager.get(`reports:${page}`);
    if (cached) return cached;
    const reports = await this.reports.find({ where: { workspaceId }, skip: page * 20, take: 20 });
    await this.cacheManager.set(`reports:${page}`, reports, 60000); // finding: CACHE-010 confidence: medium
    return reports;
  }

  async counts(workspaceId: string) {
    const key = this.keyOf("counts", workspaceId);
    const cached = await this.cacheManager.get(key);
    if (cached) return cached;
    const counts = await this.reports.count({ where: { workspaceId } });
    await this.cacheManager.set(key, counts, 60000); // ok: the workspace is in the key; mutate: s/this.keyOf("counts", workspaceId)/"counts"/
    return counts;
  }

  async collected(workspaceId: string, days: number[]) {
    const cache = new Map<number, number>();
    for (const day of days) {
      const known = cache.get(day);
      if (known === undefined) {
        cache.set(day, await this.reports.count({ where: { workspaceId, day } })); // ok: gone when the function returns
      }
    }
    return cache;
  }

  private keyOf(kind: string, scope: string) {
    return `${kind}:${scope}`;
  }
}
