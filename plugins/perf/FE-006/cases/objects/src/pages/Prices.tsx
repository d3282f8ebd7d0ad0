export const Prices = () => <h1>Prices</h1>;
