async def f(): probe()
async def g(): probe()
