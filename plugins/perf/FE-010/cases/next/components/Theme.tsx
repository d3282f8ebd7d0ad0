"use client";
import { createContext, useReducer, useState } from "react";

export const ThemeContext = createContext({});

export function Theme({ children }) {
  const [theme, change] = useReducer((state) => state, "light");
  const [isReady, setReady] = useState(false);
  return (
    <ThemeContext value={{ theme, change }}> {/* finding: FE-010 */}
      <main onLoad={() => setReady(true)}>{isReady && children}</main>
    </ThemeContext>
  );
}
