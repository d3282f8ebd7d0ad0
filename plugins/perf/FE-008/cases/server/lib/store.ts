export const store = {
  range: (owner: string, from: number, to: number) => [owner, from, to],
  all: (owner: string) => [owner],
};
