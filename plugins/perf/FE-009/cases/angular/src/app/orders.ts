export class Orders {
  find(text: string | null) {
    return [];
  }
}
