export const Order = () => <h1>Order</h1>;
