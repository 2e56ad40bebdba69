"""The model of a run in Flax: the same modules under the same names as on the JVM."""

from typing import Sequence

import flax.linen as nn
import jax.numpy as jnp


class FeedForward(nn.Module):
    dimensions: Sequence[int]

    @nn.compact
    def __call__(self, x):
        for features in self.dimensions:
            x = nn.relu(nn.Dense(features)(x))
        return x


class Vae(nn.Module):
    encoder_dimensions: Sequence[int]
    decoder_dimensions: Sequence[int]
    latent_dim: int

    def setup(self):
        features = self.encoder_dimensions[-1]
        self.encoder = FeedForward(self.encoder_dimensions)
        self.pre_latent_proj = nn.Dense(2 * self.latent_dim)
        self.post_latent_proj = nn.Dense(features)
        self.class_proj = nn.Dense(features)
        self.decoder = FeedForward(self.decoder_dimensions)

    def encode(self, x):
        mean, logvar = jnp.split(self.pre_latent_proj(self.encoder(x)), 2, axis=-1)
        return mean, logvar

    def decode(self, z, c):
        return self.decoder(self.post_latent_proj(z) + self.class_proj(c))

    def __call__(self, x, c, noise):
        mean, logvar = self.encode(x)
        return self.decode(noise * jnp.exp(logvar / 2) + mean, c), mean, logvar


def of(spec):
    """The model that a run's spec names."""
    sizes = spec["model"]
    return Vae(tuple(sizes["encoder"]), tuple(sizes["decoder"]), sizes["latentDim"])
