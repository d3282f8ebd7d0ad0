export const Private = ({ children }) => children;
