export class Shop {
  id: number;
  ownerId: number;
}

export class Order {
  id: number;
}

export class Token {
  id: number;
}

export const sdl = "tokens: {Token]";
