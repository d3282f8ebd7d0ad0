import express from 'express'
import { S3Client, GetObjectCommand } from '@aws-sdk/client-s3'

const app = express()

app.get('/orders/:id', async (req, res) => {
  // finding: NET-PERF-002
  const bucket = new S3Client({ region: 'eu-west-1' })

  res.json(await bucket.send(new GetObjectCommand({ Bucket: 'orders', Key: req.params.id })))
})
