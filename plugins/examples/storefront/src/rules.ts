// The rules of the storefront, one module each.

import { pack } from "@perfctl/plugin";

import { toldEdge } from "./edge.ts";
import { freshness } from "./freshness.ts";
import { wholeKit } from "./kit.ts";

export const rules = pack(freshness, toldEdge, wholeKit);
