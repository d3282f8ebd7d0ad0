import pg from "pg";

// What a session sets when it begins holds for all that it asks.
export const pool = new pg.Pool({ host: "orders", database: "shop", user: "shop" }); // ok: each connection is limited; mutate: src/ready.js s/SET statement/SET LOCAL statement/
