import { useOrders } from "./useOrders";

export const Orders = () => {
  const { data } = useOrders();
  return (
    <table>
      <tbody>
        {data?.filter((order) => order.open).map((order) => { // finding: FE-008 confidence: medium
          return <tr key={order.id}><td>{order.total}</td></tr>;
        })}
      </tbody>
    </table>
  );
};
