import tempfile

# ok: run by hand
print(tempfile.mkdtemp())
