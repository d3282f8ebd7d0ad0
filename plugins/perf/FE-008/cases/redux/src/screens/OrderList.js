import React, { useEffect } from "react";
import { useDispatch, useSelector } from "react-redux";
import { listOrders } from "../actions/orders";

const OrderList = () => {
  const dispatch = useDispatch();
  const { orders } = useSelector((state) => state.orderList);
  useEffect(() => {
    dispatch(listOrders());
  }, [dispatch]);
  return (
    <table>
      <tbody>
        {orders.map((order) => ( // finding: FE-008 confidence: medium
          <tr key={order.id}>
            <td>{order.total}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

export default OrderList;
