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
