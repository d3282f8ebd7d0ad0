import { useState } from "react";

export function Search() {
  const [found, setFound] = useState([]);
  const search = async (event) => {
    const answer = await fetch(`/api/search?q=${event.target.value}`);
    setFound(await answer.json());
  };
  return (
    <>
      <input type="search" onChange={search} /> {/* finding: FE-009 confidence: medium */}
      <p>{found.length}</p>
    </>
  );
}
