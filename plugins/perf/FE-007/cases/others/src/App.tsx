import useSWR, { SWRConfig } from "swr";

const useOrders = () => useSWR("/api/orders");
const usePrices = () => useSWR("/api/prices");
const useStock = () => useSWR("/api/stock");

export const App = () => (
  <SWRConfig value={{ fetcher: (path) => fetch(path).then((answer) => answer.json()) }}> {/* finding: FE-007 */}
    <p>Shop</p>
  </SWRConfig>
);
