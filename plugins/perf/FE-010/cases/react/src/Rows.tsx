import { useCallback, useState } from "react";
import { Compared, Row } from "./Row";

const STYLE = { color: "red" };
const Plain = ({ onPick }) => <li onClick={onPick}>plain</li>;

export function Rows({ names }) {
  const [picked, setPicked] = useState("");
  const clear = useCallback(() => setPicked(""), []);
  return (
    <ul title={picked}>
      {names.map((name) => <Row key={name} name={name} onPick={() => setPicked(name)} />)} {/* finding: FE-010 confidence: medium */}
      <Row name="all" style={STYLE} onPick={clear} /> {/* ok: the same each time; mutate: s/style={STYLE}/style={{ color: "red" }}/ */}
      <Compared name="some" onPick={() => setPicked("some")} /> {/* ok: compares by itself */}
      <Plain onPick={() => setPicked("plain")} /> {/* ok: not memoised, so nothing is lost */}
    </ul>
  );
}
