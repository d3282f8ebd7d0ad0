import knex from "knex";

const settings = {
  development: {
    client: "pg", // ok: a developer's own; mutate: s/development: {/shop: {/
    connection: { host: "localhost", user: "shop", database: "shop" },
  },
  files: {
    client: "better-sqlite3", // ok: another database
    connection: { filename: "shop.db" },
  },
  production: {
    client: "postgresql", // finding: DB-PERF-022 confidence: high
    connection: { host: process.env.DB_HOST, user: "shop", database: "shop" },
  },
};

export default settings;
export type Knex = typeof knex;
