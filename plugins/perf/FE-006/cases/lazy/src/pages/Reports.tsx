import { Line } from "recharts";

export default function Reports() {
  return <Line dataKey="sum" />;
}
