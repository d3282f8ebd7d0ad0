import { ApolloClient, InMemoryCache } from "@apollo/client";

export const client = new ApolloClient({
  uri: "/graphql",
  cache: new InMemoryCache(),
  // finding: FE-007 confidence: medium
  defaultOptions: { watchQuery: { fetchPolicy: "network-only" } },
});

export const calm = new ApolloClient({
  uri: "/graphql",
  cache: new InMemoryCache(),
  defaultOptions: { watchQuery: { fetchPolicy: "cache-first" } }, // ok: the cache answers; mutate: s/cache-first/no-cache/
});
