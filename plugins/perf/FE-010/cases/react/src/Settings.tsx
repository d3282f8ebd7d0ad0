import { createContext, useState } from "react";
import useSWR from "swr";

export const Settings = createContext({});
export const MenuContext = createContext({});

export function SettingsProvider({ children, first }) {
  const { data, error } = useSWR("/api/settings");
  let settings = first;
  if (data && !error) {
    settings = data;
  }
  // ok: what is fetched is the value; mutate: s/settings = data/settings = first/
  return <Settings.Provider value={{ settings }}>{children}</Settings.Provider>;
}

// The few elements of a menu come and go with it.
export function Menu({ children, close }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <div onClick={() => setOpen(!isOpen)}>
      <MenuContext.Provider value={{ close }}>{children}</MenuContext.Provider> {/* finding: FE-010 confidence: low */}
    </div>
  );
}
