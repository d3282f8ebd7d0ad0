"use client";

import { Button } from "@shop/ui/button"; // ok: one component; mutate: s/ui\/button/ui/
import type { ButtonProps } from "@shop/ui"; // ok: gone when it is compiled; mutate: s/import type/import/
import { type Size, type Theme } from "@shop/ui"; // ok: gone, too; mutate: s/{ type Size,/{ Size,/

export function Cart(props: ButtonProps & { size: Size; theme: Theme }) {
  return <Button {...props} />;
}
