import { createApi, fetchBaseQuery } from "@reduxjs/toolkit/query/react";

export const api = createApi({
  baseQuery: fetchBaseQuery({ baseUrl: "/api" }),
  refetchOnMountOrArgChange: true, // finding: FE-007 confidence: medium
  endpoints: () => ({}),
});

export const calm = createApi({
  baseQuery: fetchBaseQuery({ baseUrl: "/api" }),
  refetchOnMountOrArgChange: 60, // ok: after a minute; mutate: s/: 60/: true/
  endpoints: () => ({}),
});
