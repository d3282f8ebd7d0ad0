import type { RequestHandler } from "express";
export const list: RequestHandler = async (req, res) => { probe(); };
