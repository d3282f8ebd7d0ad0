import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { findOrders } from "./api";

const useOrders = (text: string) => useQuery({ queryKey: ["orders", text], queryFn: () => findOrders(text) });

export function Orders() {
  const [text, setText] = useState("");
  const { data } = useOrders(text); // finding: FE-009 confidence: medium
  return <input value={text} placeholder={`${data?.data.length}`} onChange={(event) => setText(event.target.value)} />;
}
