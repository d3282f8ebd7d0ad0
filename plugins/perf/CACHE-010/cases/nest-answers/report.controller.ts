import { CacheInterceptor } from "@nestjs/cache-manager";
import { Controller, Get, Param, Req, UseInterceptors } from "@nestjs/common";
import { ReportService } from "./report.service";

@Controller("reports")
export class ReportController {
  constructor(private readonly reports: ReportService) {}

  @UseInterceptors(CacheInterceptor) // finding: CACHE-010 confidence: medium
  @Get()
  async list(@Req() req: any) {
    return this.reports.list(req.user.tenantId);
  }

  @UseInterceptors(CacheInterceptor) // ok: the address has the workspace; mutate: s/one(workspaceId)/one(req.user.workspaceId)/
  @Get(":workspaceId")
  async one(@Param("workspaceId") workspaceId: string, @Req() req: any) {
    return this.reports.one(workspaceId);
  }
}
