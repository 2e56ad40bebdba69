"""FastAPI, without batching: uvicorn fastapi_server:app --port PORT --no-access-log"""
from fastapi import FastAPI, Response

from decoder import decode, png

app = FastAPI()


@app.get("/v1/samples")
async def samples(label: int = 0, seed: int = 0):
    return Response(png(decode([seed], [label])[0]), media_type="image/png")
