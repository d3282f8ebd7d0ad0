export async function price(id: string) {
  // ok: the package runs in a browser only, whatever the folder is called; mutate: package.json s/"@vueuse\/core"/"express"/
  return (await fetch(`https://prices.shop/${id}`)).json();
}

export const cheapest = async () => price("cheapest");
