import { useEffect, useState } from "react";
import { findOrders } from "./api";

export function Orders() {
  const [text, setText] = useState("");
  const [orders, setOrders] = useState([]);
  // finding: FE-009 confidence: medium
  useEffect(() => {
    if (text) {
      findOrders(text).then(({ data }) => setOrders(data));
    }
  }, [text]);
  return <input value={text} placeholder={`${orders.length}`} onChange={(event) => setText(event.target.value)} />;
}
