import { PrismaClient } from "@prisma/client";
import pg from "pg";

const prisma = new PrismaClient();
const pool = new pg.Pool();

export async function usersOf(orders: { userId: number }[]) {
  return Promise.all(orders.map((order) => prisma.user.findUnique({ where: { id: order.userId } }))); // finding: DB-PERF-001
}

export async function linesOf(orders: { id: number }[]) {
  return Promise.all(
    orders.map(async (order) => {
      const found = await pool.query("SELECT id FROM lines WHERE order_id = $1", [order.id]); // finding: DB-PERF-001
      return found.rows;
    }),
  );
}

export async function sumsOf(orders: { id: number }[]) {
  return Promise.all(
    orders.map((order) => prisma.line.aggregate({ where: { orderId: order.id }, _sum: { total: true } })), // finding: DB-PERF-001 -- `groupBy` sums for all keys at once
  );
}

export async function both(id: number) {
  return Promise.all([prisma.user.findUnique({ where: { id } }), prisma.order.findMany({ where: { userId: id } })]); // ok: two queries, no loop
}

export async function known(ids: number[]) {
  const users = await prisma.user.findMany({ where: { id: { in: ids } } }); // ok: one query for all
  return ids.map((id) => users.find((user) => user.id === id)); // ok: looked up in memory; mutate: s/users.find((user) => user.id === id)/prisma.user.findUnique({ where: { id } })/
}
