import { useEffect } from "react";

export function Cart() {
  useEffect(() => {
    fetch("/api/cart"); // ok: the site's own address, in the browser
  }, []);
  return null;
}
