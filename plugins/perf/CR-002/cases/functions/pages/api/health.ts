import { PrismaClient } from "@prisma/client";
import type { NextApiRequest, NextApiResponse } from "next";

const prisma = new PrismaClient();

export default async function handler(request: NextApiRequest, response: NextApiResponse) {
  await prisma.$queryRaw`SELECT 1`; // ok: the platform probes no instance; mutate: deploy/shop.yaml s/kind: ConfigMap/kind: Deployment/
  response.status(200).json({ ok: true });
}
