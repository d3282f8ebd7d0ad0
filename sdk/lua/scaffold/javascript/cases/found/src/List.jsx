export function List({ rows }) {
  return (
    <ul>
      {/* finding: NEW-RULE-1 */}
      {rows.filter((row) => RegExp("a+").test(row)).map((row) => <li>{row}</li>)}
    </ul>
  );
}
