import axios from "axios";
import type { AxiosInstance } from "axios";
import rateLimit from "axios-rate-limit";
import express from "express";
import { defaults, limited, stamped, withToken } from "./settings";

const router = express.Router();

class Catalogue {
  private client: AxiosInstance;
  private bounded: AxiosInstance;

  constructor(base: string, calm?: { maxRequests: number; perMilliseconds: number }) {
    this.client = axios.create({ baseURL: base });
    if (calm) {
      this.client = rateLimit(this.client, calm);
    }
    this.bounded = rateLimit(axios.create({ baseURL: base, timeout: 2000 }), { maxRPS: 5 });
  }

  cover(path: string) {
    return this.client.get(path, { responseType: "arraybuffer" }); // finding: NET-PERF-004
  }

  title(path: string) {
    return this.bounded.get(path); // ok: the instance that is wrapped has a limit
  }
}

router.post("/notices", async (req, res) => {
  const { hook, token, body } = req.body;
  // What is sent is no option, whatever it holds.
  await axios.post(hook, { ...body, room: "a" }); // finding: NET-PERF-004
  await axios.post(hook, stamped(body), token ? { headers: { Authorization: token } } : undefined); // finding: NET-PERF-004
  await axios.put(hook, body, token && { headers: { Authorization: token } }); // finding: NET-PERF-004
  const options = token ? { headers: { Authorization: token } } : {};
  await axios.get(hook, options); // finding: NET-PERF-004
  let prepared: any = { maxRedirects: 0 };
  prepared = withToken(prepared, token);
  prepared.responseType = "text";
  // What the functions of the shop put together holds no limit.
  await axios.post(hook, body, prepared); // finding: NET-PERF-004
  await axios.get(hook, headersOf(token)); // finding: NET-PERF-004
  await axios.patch(hook, { timeout: 4 }, { ...(token ? { headers: { Authorization: token } } : {}), maxRedirects: 0 }); // finding: NET-PERF-004
  res.json(await new Catalogue(hook, { maxRequests: 5, perMilliseconds: 1000 }).cover("/a"), await new Catalogue(hook).title("/a"));
});

function headersOf(token?: string) {
  return { headers: { Authorization: token ?? "" } };
}

router.post("/bounded", async (req, res) => {
  const { hook, token, body } = req.body;
  await axios.post(hook, { ...body, room: "a" }, { timeout: 4000 }); // ok: has a limit; mutate: s/, { timeout: 4000 }//
  await axios.post(hook, body, token ? { headers: { Authorization: token }, timeout: 4000 } : { timeout: 4000 }); // ok: has one in either case
  await axios.put(hook, body, { ...defaults(token) }); // ok: what the function gives is not seen; mutate: s/defaults(token)/(token ? { maxRedirects: 1 } : {})/
  const options = token ? { headers: { Authorization: token } } : {};
  limited(options);
  await axios.get(hook, options); // ok: another function adds one; mutate: s/  limited(options);\n//
  await axios.get(hook, defaults(token)); // ok: what the function reads may hold one
  res.end();
});

export default router;
