import { lazy, useState } from "react";
import moment from "moment"; // finding: FE-001 confidence: high
import "moment/min/locales"; // finding: FE-001
import { Strength } from "./components/Strength";

const Report = lazy(() => import("./components/Report"));

export const App = () => {
  const [word, setWord] = useState("");
  return <main title={moment().format("LL")}><Strength word={word} /><Report onChange={setWord} /></main>;
};
