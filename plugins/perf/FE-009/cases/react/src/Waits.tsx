import debounce from "lodash/debounce";
import { useDeferredValue, useEffect, useMemo, useState } from "react";
import { useQuery } from "@tanstack/react-query";
import { useDebounce } from "use-debounce";
import { findOrders } from "./api";

export function Debounced() {
  const find = useMemo(() => debounce((text: string) => findOrders(text), 300), []);
  return <input onChange={(event) => find(event.target.value)} />; // ok: waits for 300 ms; mutate: s/debounce((text: string) => findOrders(text), 300)/(text: string) => findOrders(text)/, s/const find = useMemo(() =>/const find = (/, s/, []);/);/
}

export function Timer() {
  const [text, setText] = useState("");
  // ok: a timer waits; mutate: s/const timer = setTimeout(() => findOrders(text), 300);/findOrders(text);/, s/return () => clearTimeout(timer);//
  useEffect(() => {
    const timer = setTimeout(() => findOrders(text), 300);
    return () => clearTimeout(timer);
  }, [text]);
  return <input onChange={(event) => setText(event.target.value)} />;
}

export function Value() {
  const [text, setText] = useState("");
  const [settled] = useDebounce(text, 300);
  const { data } = useQuery({ queryKey: ["orders", settled], queryFn: () => findOrders(settled) }); // ok: hangs on what has settled; mutate: s/["orders", settled]/["orders", text]/
  return <input placeholder={`${data}`} onChange={(event) => setText(event.target.value)} />;
}

export function Deferred() {
  const [text, setText] = useState("");
  const later = useDeferredValue(text);
  useEffect(() => { // ok: React lets keys go first; mutate: s/, [later]/, [text]/
    findOrders(later);
  }, [later]);
  return <input onChange={(event) => setText(event.target.value)} />;
}

export function Button() {
  const [text, setText] = useState("");
  return (
    <form onSubmit={() => findOrders(text)}>
      <input onChange={(event) => setText(event.target.value)} /> {/* ok: sent once, with the form */}
    </form>
  );
}

export function Others() {
  return (
    <>
      <input type="checkbox" onChange={(event) => findOrders(`${event.target.checked}`)} /> {/* ok: one click */}
      <input type="file" onChange={(event) => findOrders(event.target.value)} /> {/* ok: one file; mutate: s/"file"/"text"/ */}
      <select onChange={(event) => findOrders(event.target.value)} /> {/* ok: one choice */}
      <input onKeyDown={(event) => { if (event.key === "Enter") findOrders("x"); }} /> {/* ok: at the end; mutate: s/if (event.key === "Enter") // */}
      <input onChange={(event) => { if (event.target.value.length === 6) findOrders("x"); }} /> {/* ok: a code is complete */}
    </>
  );
}
