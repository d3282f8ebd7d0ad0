import useSWR, { SWRConfig } from "swr";

const useOrders = () => useSWR("/api/orders");
const usePrices = () => useSWR("/api/prices");
const useStock = () => useSWR("/api/stock");

export const App = () => (
  <SWRConfig value={{ revalidateOnFocus: false, fetcher: (path) => fetch(path).then((answer) => answer.json()) }}> {/* ok: switched off; mutate: s/OnFocus: false/OnFocal: false/ */}
    <p>Shop</p>
  </SWRConfig>
);
