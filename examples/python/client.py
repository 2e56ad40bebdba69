"""What vaestream's services say over HTTP, and the trees in their files."""

import argparse
import hashlib
import io
import json
import re
import urllib.request

import numpy as np
import safetensors.numpy


def arguments(description):
    """The options of both programs; the addresses are those of ./vaestream up."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--run", default="demo", help="a run that has a checkpoint")
    parser.add_argument("--sampler", default="http://127.0.0.1:8080")
    parser.add_argument("--ingest", default="http://127.0.0.1:8081")
    parser.add_argument("--checkpoints", default="http://127.0.0.1:8083", help="address of the checkpoint service")
    return parser


def get(url, media_type="*/*"):
    request = urllib.request.Request(url, headers={"Accept": media_type})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.read()


def get_json(url):
    return json.loads(get(url, "application/json"))


def get_npy(url):
    return np.load(io.BytesIO(get(url, "application/x-npy")))


def spec(checkpoints, run):
    return get_json(f"{checkpoints}/v1/runs/{run}")["identity"]["spec"]


def load_params(checkpoints, run, step="latest"):
    """A checkpoint's parameters as Flax's tree, and its manifest. Every byte is checked against its digest."""
    manifest = get_json(f"{checkpoints}/v1/runs/{run}/checkpoints/{step}")
    blob = next(blob for blob in manifest["blobs"] if blob["name"] == "params.safetensors")
    content = get(f"{checkpoints}/v1/blobs/{blob['sha256']}")
    if hashlib.sha256(content).hexdigest() != blob["sha256"]:
        raise ValueError(f"{blob['name']} came with another digest than {blob['sha256']}")
    return tree(safetensors.numpy.load(content)), manifest


def tree(arrays):
    """{"params.encoder.Dense_0.kernel": …} as {"params": {"encoder": {"Dense_0": {"kernel": …}}}}."""
    nested = {}
    for path, array in arrays.items():
        *parents, name = path.split(".")
        node = nested
        for parent in parents:
            node = node.setdefault(parent, {})
        node[name] = array
    return nested


def mask(patterns, params):
    """Which arrays of a tree a spec's patterns mean: * is one name or a part of one, ** any number of names."""
    stars = {"**.": r"(?:.*\.)?", ".**": r"(?:\..*)?", "**": ".*", "*": "[^.]*", ".": r"\."}
    regexes = [
        re.compile(re.sub(r"\*\*\.|\.\*\*|\*\*|\*|\.", lambda found: stars[found.group()], pattern))
        for pattern in patterns
    ]

    def below(path, node):
        if isinstance(node, dict):
            return {name: below(f"{path}.{name}" if path else name, child) for name, child in node.items()}
        return any(regex.fullmatch(path) for regex in regexes)

    return below("", params)
