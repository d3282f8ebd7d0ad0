import axios from "axios";

export const listOrders = () => async (dispatch) => {
  const { data } = await axios.get("/api/orders");
  dispatch({ type: "orders", payload: data });
};
