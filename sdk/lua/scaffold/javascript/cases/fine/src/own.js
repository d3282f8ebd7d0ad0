class RegExp {
  test() {}
}

export function run(rows) {
  for (const row of rows) {
    new RegExp("a").test(row); // ok: another RegExp
  }
}
