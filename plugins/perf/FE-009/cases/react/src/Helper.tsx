import { useCallback, useState } from "react";
import TextField from "@mui/material/TextField";
import { findOrders } from "./api";

export function Orders() {
  const [orders, setOrders] = useState([]);
  const find = useCallback((text: string) => {
    findOrders(text).then(({ data }) => setOrders(data));
  }, []);
  return <TextField label={orders.length} onChange={(event) => find(event.target.value)} />; // finding: FE-009 confidence: medium
}
