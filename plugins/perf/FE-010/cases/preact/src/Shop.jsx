import { createContext } from "preact";
import { useState } from "preact/hooks";

export const Cart = createContext({});

export function Shop({ children }) {
  const [cart, setCart] = useState([]);
  const [isOpen, setOpen] = useState(false);
  return (
    <Cart.Provider value={{ cart, setCart }}> {/* finding: FE-010 */}
      <button onClick={() => setOpen(!isOpen)}>Menu</button>
      {children}
    </Cart.Provider>
  );
}
