import { createContext, useState } from "react";

export const Cart = createContext({});

export function Shop({ children }) {
  const [cart, setCart] = useState([]);
  const [isOpen, setOpen] = useState(false);
  return (
    <Cart.Provider value={{ cart, setCart }}> {/* perfctl: allow FE-010 -- two components read it */}
      <button onClick={() => setOpen(!isOpen)}>Menu</button>
      {children}
    </Cart.Provider>
  );
}
