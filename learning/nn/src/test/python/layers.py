"""Writes layers.json beside the other golden values: what Flax makes of the layers and initializers that the tests name.

Needs jax 0.10.2 and flax 0.12.8:  python3 layers.py > ../resources/layers.json
"""
import json

import flax.linen as nn
import jax
import jax.numpy as jnp
import numpy as np

init = nn.initializers


def array(values):
    values = np.asarray(values)
    return {"shape": list(values.shape), "values": [float(v) for v in values.ravel()]}


def flat(tree, prefix=""):
    for name, child in sorted(tree.items()):
        if isinstance(child, dict):
            yield from flat(child, prefix + name + ".")
        else:
            yield prefix + name, array(child)


def words(key):
    return [int(w) for w in np.asarray(key)]


def layers():
    image = lambda *shape: jax.random.normal(jax.random.PRNGKey(11), shape)
    ids = jnp.array([[3, 0], [4, 3]], dtype=jnp.int32)
    return {
        "Embed(5, 3)": (nn.Embed(5, 3), ids),
        "LayerNorm()": (nn.LayerNorm(), image(2, 4)),
        "LayerNorm(epsilon=1e-2, use_bias=False, use_scale=False)":
            (nn.LayerNorm(epsilon=1e-2, use_bias=False, use_scale=False), image(2, 4)),
        "Conv(3, (3, 3))": (nn.Conv(3, (3, 3)), image(2, 5, 4, 2)),
        "Conv(2, (2, 3), strides=2, padding='VALID', use_bias=False)":
            (nn.Conv(2, (2, 3), strides=2, padding="VALID", use_bias=False), image(1, 6, 7, 2)),
        "Conv(4, (3,))": (nn.Conv(4, (3,)), image(2, 6, 3)),
        "Dense(3, glorot_uniform, ones)":
            (nn.Dense(3, kernel_init=init.glorot_uniform(), bias_init=init.ones), image(2, 4)),
    }


INITIALIZERS = {
    "lecun_normal": init.lecun_normal(),
    "lecun_uniform": init.lecun_uniform(),
    "glorot_normal": init.glorot_normal(),
    "glorot_uniform": init.glorot_uniform(),
    "he_normal": init.he_normal(),
    "he_uniform": init.he_uniform(),
    "normal": init.normal(0.02),
    "uniform": init.uniform(0.5),
    "truncated_normal": init.truncated_normal(0.1),
    "constant": init.constant(0.25),
    "ones": init.ones,
    "zeros": init.zeros,
}


def golden():
    key = jax.random.PRNGKey(42)
    result = {"key": words(key), "layers": {}, "initializers": {}}
    for name, (module, x) in layers().items():
        variables = module.init(key, x)
        result["layers"][name] = {
            "params": dict(flat(variables.get("params", {}))),
            "x": array(x),
            "y": array(module.apply(variables, x)),
        }
    for name, initializer in INITIALIZERS.items():
        result["initializers"][name] = array(initializer(key, (2, 3, 4), jnp.float32))
    return result


if __name__ == "__main__":
    modes = {}
    for mode, partitionable in (("legacy", False), ("partitionable", True)):
        jax.config.update("jax_threefry_partitionable", partitionable)
        modes[mode] = golden()
    print(json.dumps(modes))
