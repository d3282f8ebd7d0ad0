import { useState } from "react";
import { debounce } from "lodash"; // finding: FE-001 confidence: medium

export const Search = () => {
  const [word, setWord] = useState("");
  return <input value={word} onChange={debounce((event) => setWord(event.target.value), 200)} />;
};
