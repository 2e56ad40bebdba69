"""Decodes the sampler's images again, in Flax, from the checkpoint that it says it used, and compares."""

import sys

import jax
import jax.numpy as jnp
import numpy as np

import client
import model

COUNT = 10
TOLERANCE = 1e-5


def latents(seed, label, latent_dim):
    """A sample's noise: normal(fold_in(fold_in(PRNGKey(seed), class), index))."""
    key = jax.random.fold_in(jax.random.PRNGKey(seed), label)
    return jnp.stack([jax.random.normal(jax.random.fold_in(key, i), (latent_dim,)) for i in range(COUNT)])


def main():
    parser = client.arguments(__doc__)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    served = client.get_json(f"{options.sampler}/v1/samples?class=0&count=1&seed={options.seed}")
    spec = client.spec(options.checkpoints, served["run"])
    params, manifest = client.load_params(options.checkpoints, served["run"], served["step"])
    theirs = client.get_npy(f"{options.sampler}/v1/samples?count={COUNT}&seed={options.seed}")

    jax.config.update("jax_threefry_partitionable", False)
    vae = model.of(spec)
    worst = 0.0
    for label in range(theirs.shape[0]):
        z = latents(options.seed, label, spec["model"]["latentDim"])
        c = jax.nn.one_hot(jnp.full((COUNT,), label), spec["model"]["classes"])
        ours = vae.apply(params, z, c, method=vae.decode)
        worst = max(worst, float(np.abs(ours - theirs[label].reshape(COUNT, -1)).max()))
    print(f"{theirs.shape[0] * COUNT} images of {served['run']}/{served['step']}, params {served['paramsDigest'][:12]}")
    print(f"largest difference {worst:.2e}, at most {TOLERANCE:.0e} is rounding")
    return 0 if worst <= TOLERANCE else 1


if __name__ == "__main__":
    sys.exit(main())
