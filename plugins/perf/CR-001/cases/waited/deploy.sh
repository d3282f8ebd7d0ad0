#!/bin/sh
# ok: the handler waits for all that it starts; mutate: tasks.py s/    first = asyncio.create_task(send(number))\n    await first/    asyncio.create_task(send(number))/
gcloud run deploy shop --image "$IMAGE"
