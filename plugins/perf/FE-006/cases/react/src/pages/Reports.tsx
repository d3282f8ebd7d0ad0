import { Chart } from "../components/Chart";

export const Reports = () => <Chart rows={[]} />;
