"use client";

import { Button, DatePicker as When, useToast } from "@shop/ui"; // finding: SHOP-UI-001 confidence: high

export function Cart() {
  const toast = useToast();
  return (
    <Button onClick={toast}>
      <When />
    </Button>
  );
}
