// The second rule that every language has: it reports values that languages write differently.

import type { Rule } from "@perfctl/plugin";

export const values: Rule = {
  id: "CONF-002",

  checkRepository(repo, report) {
    const args = { tiny: 1e-7, huge: 1e21, minus: -0, whole: 3.0, part: 0.1 + 0.2, right: true, wrong: false };
    const notes = {
      tinier: -1.25e-9,
      huger: 1.2345e25,
      small: 0.00001,
      million: 1e6,
      sixteen: 1e16,
      none: NaN,
      endless: Infinity,
      least: -Infinity,
      right: true,
    };
    report(repo.open("app.py")!, "values", args, { notes });
  },
};
