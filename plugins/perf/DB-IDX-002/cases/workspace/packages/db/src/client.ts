import { PrismaClient } from "../generated/prisma/client";

const kept = globalThis as unknown as { prisma?: PrismaClient };

export const prisma = kept.prisma ?? new PrismaClient();
