export function broken( {

export function valid(rows) {
  for (const row of rows) {
    new RegExp("a").test(row); // finding: NEW-RULE-1
  }
}
