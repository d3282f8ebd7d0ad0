import { CACHE_MANAGER } from "@nestjs/cache-manager";
import { Controller, Get, Inject, Injectable, Param, Put } from "@nestjs/common";
import { Cache } from "cache-manager";

@Controller("courses")
export class CourseController {
  constructor(
    @Inject(CACHE_MANAGER) private readonly cacheManager: Cache,
    private readonly courseRepository: Repository<Course>,
  ) {}

  @Get(":id")
  async one(@Param("id") id: string) {
    const cached = await this.cacheManager.get(`course:${id}`);
    if (cached) return cached;
    const course = await this.courseRepository.findOne({ where: { id } });
    await this.cacheManager.set(`course:${id}`, course, 3600000); // finding: CACHE-007 confidence: medium
    return course;
  }

  @Get("all/:id")
  async wrapped(@Param("id") id: string) {
    return this.cacheManager.wrap(`all:${id}`, () => this.courseRepository.findOne({ where: { id } }), 3600000); // finding: CACHE-007 confidence: medium
  }

  @Put(":id")
  async change(@Param("id") id: string) {
    await this.courseRepository.update(id, { open: true });
  }
}
