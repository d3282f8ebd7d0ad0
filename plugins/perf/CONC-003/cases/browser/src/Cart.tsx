import axios from "axios";
import { useEffect, useState } from "react";

export function Cart({ id }: { id: string }) {
  const [cart, setCart] = useState({});
  useEffect(() => {
    const load = async () => {
      const items = await axios.get(`/api/carts/${id}/items`);
      const total = await axios.get(`/api/carts/${id}/total`); // ok: a page of one user
      setCart({ items, total });
    };
    load();
  }, [id]);
  return <pre>{JSON.stringify(cart)}</pre>;
}
