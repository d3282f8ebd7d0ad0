const LETTERS = new RegExp("^[a-z]+$"); // ok: compiled once, when the module is loaded

export function valid(rows) {
  // ok: uses what was compiled before; mutate: s/LETTERS/new RegExp("x")/
  return rows.filter((row) => LETTERS.test(row.code));
}

export function anyOf(patterns, text) {
  // ok: another pattern in every turn; mutate: s/RegExp(pattern)/RegExp("x")/
  return patterns.map((pattern) => new RegExp(pattern).test(text));
}

export function flags(text) {
  for (const flag of ["i", "m"]) {
    new RegExp("a+", flag).test(text); // ok: two turns; mutate: s/["i", "m"]/text.flags()/
  }
}
