// What was received: table `hook_delivery` in the API's database.
import { Redis } from "ioredis";
import pg from "pg";

import { config } from "./config.js";

// Both connect when they are first used.
export const pool = new pg.Pool({ connectionString: config.databaseUrl, max: 10, statement_timeout: 3000 });
export const redis = new Redis(config.redisUrl, { lazyConnect: true });

export interface Delivery {
  id: string;
  carrier: string;
  shipment: string;
  code: string;
  received: Date;
  forwarded: Date | null;
}

export interface Pushed {
  id: string;
  shipment: string;
  code: string;
}

export interface Parcel {
  id: string;
  tracking: string;
  depot: number;
}

export async function keep(carrier: string, events: Pushed[]): Promise<void> {
  await pool.query(
    `INSERT INTO hook_delivery (id, carrier, shipment, code)
     SELECT id, $1, shipment, code FROM unnest($2::text[], $3::text[], $4::text[]) AS e (id, shipment, code)
     ON CONFLICT DO NOTHING`,
    [carrier, events.map((event) => event.id), events.map((event) => event.shipment), events.map((event) => event.code)],
  );
}

export async function show(id: string): Promise<Delivery | undefined> {
  const found = await pool.query<Delivery>("SELECT * FROM hook_delivery WHERE id = $1", [id]);
  return found.rows[0];
}

export async function page(carrier: string, after: string, limit: number): Promise<Delivery[]> {
  const found = await pool.query<Delivery>(
    `SELECT id, carrier, shipment, code, received, forwarded
       FROM hook_delivery WHERE carrier = $1 AND id > $2 ORDER BY id LIMIT $3`,
    [carrier, after, Math.min(limit, 200)],
  );
  return found.rows;
}

export async function count(carrier: string): Promise<number> {
  const found = await pool.query<{ n: string }>("SELECT COUNT(*) AS n FROM hook_delivery WHERE carrier = $1", [carrier]);
  return Number(found.rows[0].n);
}

export async function parcelsOf(carrier: string, shipments: string[]): Promise<Map<string, Parcel>> {
  const known = new Map<string, Parcel>();
  for (const shipment of shipments) {
    const found = await pool.query<Parcel>(
      "SELECT id, tracking_number AS tracking, depot_id AS depot FROM parcel WHERE carrier_code = $1 AND carrier_ref = $2",
      [carrier, shipment],
    );
    if (found.rows.length > 0) {
      known.set(shipment, found.rows[0]);
    }
  }
  return known;
}

export async function markForwarded(ids: string[]): Promise<void> {
  await pool.query("UPDATE hook_delivery SET forwarded = now() WHERE id = ANY($1)", [ids]);
}

export async function rulesOf(carrier: string): Promise<Record<string, string>> {
  const found = await pool.query<{ code: string; kind: string }>("SELECT code, kind FROM carrier_rule WHERE carrier = $1", [carrier]);
  const rules: Record<string, string> = {};
  for (const row of found.rows) {
    rules[row.code] = row.kind;
  }
  return rules;
}
