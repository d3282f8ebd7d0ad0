export function valid(rows) {
  const kept = [];
  for (const row of rows) {
    if (new RegExp("^[a-z]+$").test(row.code)) kept.push(row); // finding: NEW-RULE-1 confidence: medium
  }
  return kept;
}

export function allowed(rows) {
  for (const row of rows) {
    // perfctl: allow NEW-RULE-1 -- runs once per start, over three rows
    new RegExp("x").test(row);
  }
}
