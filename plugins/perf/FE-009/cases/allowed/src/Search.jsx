import { useState } from "react";

export function Search() {
  const [found, setFound] = useState([]);
  const search = async (event) => {
    const answer = await fetch(`/api/search?q=${event.target.value}`);
    setFound(await answer.json());
  };
  return (
    <>
      <input type="search" onChange={search} /> {/* perfctl: allow FE-009 -- the server is the reader's own machine */}
      <p>{found.length}</p>
    </>
  );
}
