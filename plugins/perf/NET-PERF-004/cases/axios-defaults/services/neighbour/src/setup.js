export const size = 10;
