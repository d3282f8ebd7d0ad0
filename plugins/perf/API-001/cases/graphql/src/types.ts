export class Shop {
  id: number;
  ownerId: number;
}

export class Order {
  id: number;
}
