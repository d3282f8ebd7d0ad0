import { useEffect } from "react";
// ok: in a chunk of its own; mutate: src/App.tsx s|const Report = lazy(() => import("./components/Report"));|import Report from "./components/Report";|
import * as echarts from "echarts";

export default function Report({ onChange }: { onChange: (word: string) => void }) {
  useEffect(() => onChange(echarts.version), [onChange]);
  return null;
}
