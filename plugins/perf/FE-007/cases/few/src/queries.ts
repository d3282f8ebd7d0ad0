import { useQuery } from "@tanstack/react-query";

export const useOrders = () => useQuery({ queryKey: ["orders"], queryFn: () => fetch("/api/orders") });
