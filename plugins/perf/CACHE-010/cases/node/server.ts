import express from "express";
import Redis from "ioredis";
import NodeCache from "node-cache";
import { createClient } from "redis";
import { cacheManager } from "./store";
import { prisma } from "./db";

const app = express();
const redis = new Redis();
const client = createClient();
const memory = new NodeCache({ stdTTL: 60 });

app.get("/projects", async (req, res) => {
  const cacheKey = `projects:${req.query.page}`;
  const cached = await redis.get(cacheKey);
  if (cached) {
    return res.json(JSON.parse(cached));
  }
  const projects = await prisma.project.findMany({ where: { organizationId: req.user.organizationId } });
  await redis.set(cacheKey, JSON.stringify(projects), "EX", 300); // finding: CACHE-010 confidence: medium
  return res.json(projects);
});

app.get("/members", async (req, res) => {
  const cached = await client.get("members");
  if (cached) {
    return res.json(JSON.parse(cached));
  }
  const { orgId } = req.auth;
  const members = await prisma.member.findMany({ where: { orgId } });
  await client.setEx("members", 300, JSON.stringify(members)); // finding: CACHE-010 confidence: medium
  return res.json(members);
});

app.get("/teams", async (req, res) => {
  // finding: CACHE-010 confidence: medium
  const teams = await cacheManager.wrap(`teams:${req.query.page}`, () => prisma.team.findMany({ where: { organizationId: req.user.organizationId } }), 60);
  return res.json(teams);
});

app.get("/seats", async (req, res) => {
  // ok: the key has the tenant; mutate: s|`seats-${req.user.organizationId}`|`seats-all`|
  const seats = await cacheManager.wrap(`seats-${req.user.organizationId}`, () => prisma.seat.findMany({ where: { organizationId: req.user.organizationId } }), 60);
  return res.json(seats);
});

app.get("/plans", async (req, res) => {
  const cache = memory;
  const cached = cache.get("plans");
  if (cached) {
    return res.json(cached);
  }
  const plans = await prisma.plan.findMany({ where: { tenantId: req.tenantId } });
  cache.set("plans", plans); // finding: CACHE-010 confidence: medium
  return res.json(plans);
});

app.get("/seats", async (req, res) => {
  const cacheKey = `seats:${req.user.organizationId}`;
  const cached = await redis.get(cacheKey);
  if (cached) {
    return res.json(JSON.parse(cached));
  }
  const seats = await prisma.seat.findMany({ where: { organizationId: req.user.organizationId } });
  await redis.set(cacheKey, JSON.stringify(seats), "EX", 300); // ok: the key has the tenant; mutate: s/:${req.user.organizationId}//
  return res.json(seats);
});

app.get("/organizations", async (req, res) => {
  const cached = await redis.get("organizations");
  if (cached) {
    return res.json(JSON.parse(cached));
  }
  const all = await prisma.organization.findMany();
  await redis.set("organizations", JSON.stringify(all), "EX", 300); // ok: a list of all; mutate: s/findMany();/findMany({ where: { id: req.user.organizationId } });/
  return res.json(all);
});
