import express from "express";
import { PrismaClient } from "@prisma/client";

const prisma = new PrismaClient();

export async function usersOf(orders: { userId: number }[]) {
  const users = [];
  for (const order of orders) {
    users.push(await prisma.user.findUnique({ where: { id: order.userId } })); // finding: DB-PERF-001
  }
  return users;
}

export async function close(orders: { id: number }[]) {
  for (const order of orders) {
    await prisma.order.update({ where: { id: order.id }, data: { open: false } }); // finding: DB-PERF-001
  }
}

export async function few() {
  for (const id of [1, 2, 3]) {
    await prisma.user.findUnique({ where: { id } }); // ok: three constants; mutate: s/[1, 2, 3]/await ids()/
  }
}

export async function closeInParts(ids: number[]) {
  const parts = chunk(ids, 100);
  for (let i = 0; i < parts.length; i++) {
    await prisma.order.deleteMany({ where: { id: { in: parts[i] } } }); // ok: once per part; mutate: s/chunk(ids, 100)/groupsOf(ids)/
  }
  const more = chunk(ids, 50);
  for (const part of more) {
    await prisma.order.deleteMany({ where: { id: { in: part } } }); // ok: the same for another loop
  }
}

export async function closeWanted(orders: { id: number }[], wanted: number) {
  for (const order of orders) {
    if (order.id !== wanted) {
      continue;
    }
    await prisma.order.delete({ where: { id: order.id } }); // ok: only the one with that key; mutate: s/order.id !== wanted/order.id > wanted/
  }
}
