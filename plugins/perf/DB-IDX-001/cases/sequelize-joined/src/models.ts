import { Column, DataType, ForeignKey, HasMany, HasOne, Model, PrimaryKey, Table } from "sequelize-typescript";

@Table({ tableName: "sites" })
export class Site extends Model {
  @HasOne(() => Repo)
  repo!: Repo;

  @HasMany(() => Visit)
  visits!: Visit[];

  @Column({ type: DataType.TEXT, unique: true })
  slug!: string;
}

@Table({ tableName: "repos" })
export class Repo extends Model {
  @Column({ type: DataType.TEXT }) // finding: DB-IDX-001
  name!: string;

  @Column({ type: DataType.TEXT }) // ok: the site is found by its own index; mutate: src/sites.ts s/, where: { slug: branch }//
  branch!: string;
}

@Table({ tableName: "visits" })
export class Visit extends Model {
  @PrimaryKey
  @Column(DataType.TEXT)
  day!: string;

  @ForeignKey(() => Site) // ok: those of one day have the primary key; mutate: src/sites.ts s/where: { day }/where: {}/
  @PrimaryKey
  @Column
  siteId!: number;
}
