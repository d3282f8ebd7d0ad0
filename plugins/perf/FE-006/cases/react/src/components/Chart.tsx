import { Line, LineChart } from "recharts";

export const Chart = ({ rows }: { rows: object[] }) => (
  <LineChart data={rows}>
    <Line dataKey="sum" />
  </LineChart>
);
