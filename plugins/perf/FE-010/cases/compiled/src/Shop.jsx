import { createContext, useState } from "react";

export const Cart = createContext({});

export function Shop({ children }) {
  const [cart, setCart] = useState([]);
  const [isOpen, setOpen] = useState(false);
  return (
    <Cart.Provider value={{ cart, setCart }}> {/* ok: the compiler memoises it; mutate: package.json s/babel-plugin-react-compiler/other/ */}
      <button onClick={() => setOpen(!isOpen)}>Menu</button>
      {children}
    </Cart.Provider>
  );
}
