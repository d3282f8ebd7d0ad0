import { useEffect, useState } from "react";
import { SearchBox } from "./SearchBox";

export const Movies = () => {
  const [movies, setMovies] = useState([]);
  const [text, setText] = useState("");

  const find = async (wanted) => {
    const answer = await fetch(`https://movies/?s=${wanted}`);
    setMovies(await answer.json());
  };

  useEffect(() => { // finding: FE-009 confidence: medium
    find(text);
  }, [text]);

  return <SearchBox text={text} count={movies.length} setText={setText} />;
};
