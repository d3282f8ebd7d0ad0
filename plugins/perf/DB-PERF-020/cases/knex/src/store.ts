import { createClient } from "@supabase/supabase-js";
import knex from "knex";
import pg from "pg";

const db = knex({ client: "pg" });
const pool = new pg.Pool();
const supabase = createClient("https://shop.supabase.co", "key");

export async function links(id: number) {
  return db("links").select("*").where("domain", id); // finding: DB-PERF-020
}

export async function targets(id: number) {
  return db("links").select("id", "target").where("domain", id); // ok: names its columns; mutate: s/"id", "target"/"*"/
}

export async function ancestors(id: number) {
  // ok: a table expression that names its columns; mutate: s/from("ancestors")/from("folders")/
  return db
    .withRecursive("ancestors", (q) => q.select("id", "parent").from("folders").where("id", id))
    .select("*")
    .from("ancestors");
}

export async function add(target: string) {
  const [row] = await db("links").insert({ target }).returning("*"); // ok: the row that was written
  return row;
}

export async function deliveries() {
  const found = await pool.query("SELECT d.*, h.url FROM delivery d JOIN hook h ON h.id = d.hook"); // finding: DB-PERF-020
  return found.rows;
}

export async function profiles() {
  return supabase.from("profiles").select("*"); // finding: DB-PERF-020
}

export async function number() {
  return supabase.from("profiles").select("*", { count: "exact", head: true }); // ok: counts; mutate: s/, head: true//
}

export async function count() {
  return db("links").count("*"); // ok: counts
}

export async function chosen(options: { head?: boolean }) {
  return supabase.from("profiles").select("*", options); // ok: it may only count; mutate: s/, options)/)/
}

export async function rowsAndCount() {
  return supabase.from("profiles").select("*", { count: "exact", head: false }); // finding: DB-PERF-020
}

export async function perhaps(head: boolean) {
  return supabase.from("profiles").select("*", { head }); // ok: it may only count; mutate: s/, { head })/)/
}
