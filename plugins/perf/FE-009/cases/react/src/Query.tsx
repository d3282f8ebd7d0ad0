import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { findOrders } from "./api";

export function Orders() {
  const [text, setText] = useState("");
  const { data } = useQuery({ queryKey: ["orders", text], queryFn: () => findOrders(text) }); // finding: FE-009 confidence: medium
  return <input value={text} placeholder={`${data?.data.length}`} onChange={(event) => setText(event.target.value)} />;
}
