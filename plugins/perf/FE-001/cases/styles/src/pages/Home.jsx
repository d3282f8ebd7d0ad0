import { useEffect } from "react";
import { Button } from "@mantine/core";
import Chart from "chart.js/auto"; // finding: FE-001 confidence: medium
import cronstrue from "cronstrue/i18n"; // finding: FE-001 confidence: high

export const Home = ({ plan }) => {
  useEffect(() => new Chart(document.querySelector("canvas"), {}).destroy(), []);
  return <Button>{cronstrue.toString(plan)}</Button>;
};
