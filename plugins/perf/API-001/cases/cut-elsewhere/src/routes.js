const express = require('express')
const fs = require('fs/promises')
const shelf = require('./shelf')

const router = express.Router()

// finding: API-001 confidence: medium
router.get('/parcels', async (req, res) => {
  const parcels = await shelf.store.parcelModel.getAllForUser(req.user.id)
  const perPage = Number(req.query.perPage) || 10
  const page = Number(req.query.page) || 0
  const start = page * perPage
  res.json({ total: parcels.length, parcels: parcels.slice(start, start + perPage) })
})

// finding: API-001 confidence: medium
router.get('/baskets', async (req, res) => {
  const payload = { results: [], total: 0, limit: req.query.limit || 0, page: req.query.page || 0 }
  let baskets = await shelf.store.basketModel.getAllForUser(req.user.id)
  payload.total = baskets.length
  if (payload.limit) {
    const first = payload.page * payload.limit
    baskets = baskets.slice(first, first + payload.limit)
  }
  payload.results = baskets
  res.json(payload)
})

// ok: what is asked is told which page is wanted; mutate: s/req.user.id, req.query.page/req.user.id/
router.get('/told', async (req, res) => {
  const parcels = await shelf.store.parcelModel.getSomeForUser(req.user.id, req.query.page)
  const start = req.query.page * 20
  res.json(parcels.slice(start, start + req.query.limit))
})

// ok: names of files, of which the server has few, come from the disk
router.get('/files', async (req, res) => {
  const files = await fs.readdir('/srv/files')
  const start = req.query.page * req.query.limit
  res.json(files.slice(start, start + req.query.limit))
})

// ok: no page is cut; mutate: s/slice(0, 5)/slice(req.query.offset, req.query.offset + req.query.limit)/
router.get('/newest', async (req, res) => {
  const newest = await shelf.store.parcelModel.getNewest(req.user.id)
  res.json(newest.slice(0, 5))
})

module.exports = router
