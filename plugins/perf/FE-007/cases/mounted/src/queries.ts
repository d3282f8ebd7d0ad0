import { useQuery } from "@tanstack/react-query";

export const useOrders = () => useQuery({ queryKey: ["orders"], queryFn: () => fetch("/api/orders") });
export const usePrices = () => useQuery({ queryKey: ["prices"], queryFn: () => fetch("/api/prices") });
export const useStock = () => useQuery({ queryKey: ["stock"], queryFn: () => fetch("/api/stock") });
