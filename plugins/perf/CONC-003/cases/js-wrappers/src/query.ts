import { PrismaClient } from "@prisma/client";
import { createClient } from "@clickhouse/client";
import { createClient as createCache } from "redis";

const prisma = new PrismaClient();
const columns = createClient({});
const cache = createCache({});

export const SQL = "sql";
export const COLUMNS = "columns";

export async function runQuery(queries: any) {
  return process.env.COLUMNS ? queries[COLUMNS]() : queries[SQL]();
}

export async function rawQuery(sql: string, data: Record<string, unknown>): Promise<any> {
  const schema = process.env.SCHEMA;
  if (schema) {
    await prisma.$executeRawUnsafe(`SET search_path TO "${schema}";`);
  }
  const params: unknown[] = [];
  // What the parameter's name stands for from here on is nothing to who called.
  const text = sql.replace(/{{(\w+)}}/g, (...args) => {
    const [, data] = args;
    return String(params.push(data));
  });
  return prisma.$queryRawUnsafe(text, ...params);
}

export async function columnQuery(query: string, values: Record<string, unknown>) {
  const answer = await columns.query({ query, query_params: values, format: "JSONEachRow" });
  return answer.json();
}

// Read through a cache, which it fills.
export async function fetchShop(id: string) {
  const known = await cache.get(`shop:${id}`);
  if (known) {
    return JSON.parse(known);
  }
  const shop = await prisma.shop.findUnique({ where: { id } });
  await cache.set(`shop:${id}`, JSON.stringify(shop));
  return shop;
}

export async function setRange(id: string, range: any) {
  const shop = await fetchShop(id);
  range.from = shop.since;
  return range;
}

export async function getSales(id: string, range: unknown) {
  return runQuery({ [SQL]: () => salesFromSql(id, range), [COLUMNS]: () => salesFromColumns(id, range) });
}

async function salesFromSql(id: string, range: unknown) {
  return rawQuery("select sum(total) from sales where shop = {{id}}", { id, range });
}

async function salesFromColumns(id: string, range: unknown) {
  return columnQuery("select sum(total) from sales where shop = {id:String}", { id, range });
}
