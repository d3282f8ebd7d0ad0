import { readFile } from 'fs/promises'
import express from 'express'

const app = express()
const profiles = new Map<string, object>() // finding: MEM-004

app.get('/users/:id', async (req, res) => {
  const id = req.params.id
  if (!profiles.has(id)) {
    profiles.set(id, JSON.parse(await readFile(`users/${id}`, 'utf8')))
  }
  res.json(profiles.get(id))
})
