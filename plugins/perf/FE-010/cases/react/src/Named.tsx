import { createContext, useContext, useEffect, useMemo, useState } from "react";
import { useLocation } from "react-router-dom";

const User = createContext({});
const Cart = createContext({});

export const Users = ({ children }) => {
  const [user, setUser] = useState(null);
  const location = useLocation();
  const value = { user, setUser };
  return <User.Provider value={value}>{children}{location.pathname}</User.Provider>; // finding: FE-010
};

export const Once = ({ children }) => {
  const [user, setUser] = useState(null);
  return <User.Provider value={{ user, setUser }}>{children}</User.Provider>; // ok: nothing else renders it; mutate: s/value={{ user, setUser }}/value={{ setUser }}/
};

export const Kept = ({ children }) => {
  const [user, setUser] = useState(null);
  const [isOpen] = useState(false);
  const value = useMemo(() => ({ user, setUser }), [user]); // the same object until the user changes
  return <User.Provider value={value}>{isOpen && children}</User.Provider>; // ok: made once per user; mutate: s/useMemo(() => ({ user, setUser }), [user])/{ user, setUser }/
};

export const Plain = ({ children }) => {
  const [cart] = useState(0);
  const user = useContext(User);
  return <Cart.Provider value={cart}>{user && children}</Cart.Provider>; // ok: a number is equal to itself
};

export const Client = ({ children }) => {
  const [user, setUser] = useState(null);
  const [isClient, setClient] = useState(false);
  useEffect(() => {
    setClient(true);
  }, []);
  return <User.Provider value={{ user, setUser }}>{isClient && children}</User.Provider>; // ok: rendered once more, behind the first time; mutate: s/}, []);/}, [user]);/
};
