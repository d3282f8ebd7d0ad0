const { createApolloFetch } = require('apollo-fetch')
const { GraphQLClient } = require('graphql-request')
const express = require('express')

const app = express()
const client = new GraphQLClient('https://texts.example/graphql')
const limited = new GraphQLClient('https://texts.example/graphql', { signal: AbortSignal.timeout(3000) })

app.get('/texts', async (request, response) => {
  const ask = createApolloFetch({ uri: 'https://texts.example/graphql' })
  const texts = await ask({ query: '{ texts { key value } }' }) // finding: NET-PERF-004
  const names = await client.request('{ names }') // finding: NET-PERF-004
  const kinds = await limited.request('{ kinds }') // ok: the client has a limit
  response.json({ texts, names, kinds })
})
