"""Decodes the sampler's images again, in TensorFlow, from what ./vaestream export wrote, and compares."""

import sys

import jax
import numpy as np
import tensorflow as tf

import client
import decode


def main():
    parser = client.arguments(__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--saved-model", required=True, help="the directory, of the checkpoint that the sampler serves")
    options = parser.parse_args()
    served = client.get_json(f"{options.sampler}/v1/samples?class=0&count=1&seed={options.seed}")
    latent_dim = client.spec(options.checkpoints, served["run"])["model"]["latentDim"]
    theirs = client.get_npy(f"{options.sampler}/v1/samples?count={decode.COUNT}&seed={options.seed}")

    jax.config.update("jax_threefry_partitionable", False)
    model = tf.saved_model.load(options.saved_model).signatures["serving_default"]
    worst = 0.0
    for label in range(theirs.shape[0]):
        z = np.asarray(decode.latents(options.seed, label, latent_dim))
        c = np.full(decode.COUNT, label, np.int32)
        ours = model(latents=tf.constant(z), classes=tf.constant(c))["images"].numpy()
        worst = max(worst, float(np.abs(ours - theirs[label].reshape(decode.COUNT, -1)).max()))
    print(f"{theirs.shape[0] * decode.COUNT} images of {served['run']}/{served['step']} in TensorFlow {tf.__version__}")
    print(f"largest difference {worst:.2e}, at most {decode.TOLERANCE:.0e} is rounding")
    return 0 if worst <= decode.TOLERANCE else 1


if __name__ == "__main__":
    sys.exit(main())
