import { useQuery } from "@tanstack/react-query";

export const useOrders = () => useQuery({ staleTime: 1000, queryKey: ["orders"], queryFn: () => fetch("/api/orders") });
export const usePrices = () => useQuery({ queryKey: ["prices"], queryFn: () => fetch("/api/prices") });
export const useStock = () => useQuery({ staleTime: 2000, queryKey: ["stock"], queryFn: () => fetch("/api/stock") });
export const useUsers = () => useQuery({ queryKey: ["users"], queryFn: () => fetch("/api/users") });
