import { Model, ModelStatic } from "sequelize";

class Admin extends Model {}
class Site extends Model {}

export class AdminService {
  constructor(private readonly repository: ModelStatic<Admin>) {}

  async byUser(userId: number) {
    return this.repository.findOne({ where: { userId } });
  }
}

export class SiteService {
  private readonly repository: ModelStatic<Site>;

  constructor(repository: ModelStatic<Site>) {
    this.repository = repository;
  }

  async byName(name: string) {
    return this.repository.findOne({ where: { name } });
  }
}

export class AccessService {
  private readonly sites: SiteService;

  private readonly admins: AdminService;

  constructor(sites: SiteService, admins: AdminService) {
    this.sites = sites;
    this.admins = admins;
  }

  async rights(name: string, userId: number) {
    const site = await this.sites.byName(name);
    const admin = await this.admins.byUser(userId); // finding: CONC-003
    return { site, admin };
  }

  async owner(name: string) {
    const site: any = await this.sites.byName(name);
    const admin = await this.admins.byUser(site.ownerId); // ok: needs the site; mutate: s/site.ownerId/name.length/
    return { site, admin };
  }
}
