"""Proofs of delivery: photographs in the bucket."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, HTTPException, UploadFile
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse, Response

from parcel.clients import storage

router = APIRouter(prefix="/proofs", tags=["proofs"])

MAX_BYTES = 8 << 20


@router.put("/{tracking_number}", status_code=201)
async def upload_proof(tracking_number: str, photo: UploadFile) -> dict[str, str]:
    if photo.size is None or photo.size > MAX_BYTES:
        raise HTTPException(413, "too large")
    key = storage.proof_key(tracking_number)
    await run_in_threadpool(storage.upload_proof, photo.file, key)
    return {"key": key}


@router.get("/{tracking_number}")
async def show_proof(tracking_number: str) -> RedirectResponse:
    key = storage.proof_key(tracking_number)
    if not storage.has_proof(key):
        raise HTTPException(404, "no proof yet")
    return RedirectResponse(storage.proof_url(key))


@router.get("/{tracking_number}/thumbnail")
async def show_thumbnail(tracking_number: str) -> Response:
    key = storage.proof_key(tracking_number)
    image = await asyncio.to_thread(lambda: storage.read_thumbnail(key))
    return Response(image, media_type="image/webp", headers={"cache-control": "max-age=86400"})
