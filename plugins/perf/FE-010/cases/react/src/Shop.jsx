import { createContext, useState } from "react";

export const Cart = createContext({});

export function Shop({ children }) {
  const [cart, setCart] = useState([]);
  const [isOpen, setOpen] = useState(false);
  return (
    <Cart.Provider value={{ cart, setCart }}> {/* finding: FE-010 confidence: medium */}
      <button onClick={() => setOpen(!isOpen)}>Menu</button>
      {children}
    </Cart.Provider>
  );
}
