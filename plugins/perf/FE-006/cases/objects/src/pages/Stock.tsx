export const Stock = () => <h1>Stock</h1>;
