import type { Request, Response } from "express";

// finding: SHOP-EDGE-001 confidence: medium
export function menu(req: Request, res: Response) {
  answer(res, ["tea", "cake"]);
}

function answer(res: Response, body: unknown) {
  res.type("json").send(body);
}
