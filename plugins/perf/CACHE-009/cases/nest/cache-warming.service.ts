import { CACHE_MANAGER } from "@nestjs/cache-manager";
import { Inject, Injectable, OnModuleInit } from "@nestjs/common";
import { Cache } from "cache-manager";

@Injectable()
export class CacheWarmingService implements OnModuleInit {
  constructor(
    @Inject(CACHE_MANAGER) private readonly cacheManager: Cache,
    private readonly courses: CourseRepository,
  ) {}

  async onModuleInit() {
    const courses = await this.courses.find();
    for (const course of courses) {
      await this.cacheManager.set(`course:${course.id}`, course, 3600000); // finding: CACHE-009 confidence: medium
    }
  }
}
