"""Trains a run again in JAX, from its spec and the dataset alone, and prints both columns of losses.

The run must say every loss ("logEvery": 1) and have made the steps. Its batches are found as JAX finds them: epoch e of a
shuffled stream is permutation(fold_in(PRNGKey(seed), e), examples).
"""

import gzip
import json
import pathlib
import sys
import time

import confluent_kafka
import jax
import jax.numpy as jnp
import numpy as np
import optax

import client
import model

DATASETS = pathlib.Path(__file__).parents[2] / "datasets"
# Sums in another order drift apart: single losses by 1e-5 at first, and later on only their means stay together.
FIRST, FIRST_TOLERANCE = 100, 1e-5
MEAN_OF, MEAN_TOLERANCE = 100, 1e-3


def idx(file):
    content = gzip.decompress(file.read_bytes())
    axes = content[3]
    shape = np.frombuffer(content, ">u4", axes, 4)
    return np.frombuffer(content, np.uint8, offset=4 + 4 * axes).reshape(shape)


def batches(stream):
    """Pixels and labels of each batch of a stream, in order."""
    directory = DATASETS / stream["dataset"]
    images = idx(directory / "train-images-idx3-ubyte.gz").reshape(stream["examples"], -1)
    labels = idx(directory / "train-labels-idx1-ubyte.gz")
    size = stream["batchSize"]
    for epoch in range(stream["epochs"]):
        order = np.arange(stream["examples"])
        if stream["shuffle"]:
            key = jax.random.fold_in(jax.random.PRNGKey(stream["seed"]), epoch)
            order = np.asarray(jax.random.permutation(key, stream["examples"]))
        for first in range(0, stream["examples"] - size + 1, size):
            chosen = order[first : first + size]
            yield images[chosen], labels[chosen]


def adamw(spec):
    """A run's optimizer, of the one kind that this example trains with."""
    name, settings = next(iter(spec.items()))
    if name != "adamw":
        sys.exit(f"this example trains with adamw, not with {name}")
    if not isinstance(settings["learningRate"], (int, float)):
        sys.exit(f"this example trains with a constant learning rate, not with {settings['learningRate']}")
    return optax.adamw(
        settings["learningRate"],
        settings["b1"],
        settings["b2"],
        settings["eps"],
        weight_decay=settings["weightDecay"],
        mask=(lambda params: client.mask(settings["mask"], params)) if "mask" in settings else None)


def jax_losses(spec, stream, steps):
    jax.config.update("jax_threefry_partitionable", False)
    source = batches(stream)
    data = [next(source) for _ in range(steps)]
    jax.config.update("jax_threefry_partitionable", spec["prng"] == "partitionable")
    optimizer = adamw(spec["optimizer"])
    vae = model.of(spec)
    sizes = spec["model"]
    pixels = sizes["decoder"][-1]
    key, model_key = jax.random.split(jax.random.PRNGKey(spec["seed"]))
    params = vae.init(
        model_key, jnp.zeros((1, pixels)), jnp.zeros((1, sizes["classes"])), jnp.zeros((1, sizes["latentDim"])))
    state = optimizer.init(params)

    @jax.jit
    def step(params, state, images, labels, noise):
        def loss_fn(params):
            x = images.astype(jnp.float32) / 255
            reconstruction, mean, logvar = vae.apply(params, x, jax.nn.one_hot(labels, sizes["classes"]), noise)
            mse = optax.l2_loss(reconstruction, x).sum(axis=1).mean()
            kl = (-0.5 * (1 + logvar - mean**2 - jnp.exp(logvar)).sum(axis=1)).mean()
            return mse + spec["klWeight"] * kl

        loss, grads = jax.value_and_grad(loss_fn)(params)
        updates, state = optimizer.update(grads, state, params)
        return optax.apply_updates(params, updates), state, loss

    losses = []
    for images, labels in data:
        key, noise_key = jax.random.split(key)
        noise = jax.random.normal(noise_key, (len(labels), sizes["latentDim"]))
        params, state, loss = step(params, state, images, labels, noise)
        losses.append(float(loss))
    return losses


def vaestream_losses(bootstrap, topic, run, steps):
    """A run's losses by step from its metrics; the first message has the sum of the first two batches."""
    consumer = confluent_kafka.Consumer(
        {"bootstrap.servers": bootstrap, "group.id": f"train.py-{run}", "auto.offset.reset": "earliest",
         "enable.auto.commit": False})
    partitions = consumer.list_topics(topic, timeout=30).topics[topic].partitions
    consumer.assign(
        [confluent_kafka.TopicPartition(topic, p, confluent_kafka.OFFSET_BEGINNING) for p in partitions])
    losses = {}
    deadline = time.monotonic() + 60
    while len(losses) < steps - 1 and time.monotonic() < deadline:
        message = consumer.poll(1)
        if message is None or message.error():
            continue
        event = json.loads(message.value())
        if event["run"] == run and event["type"] == "window":
            losses[event["step"]] = event["losses"]["loss"]
    consumer.close()
    return losses


def main():
    parser = client.arguments(__doc__)
    parser.add_argument("--kafka", default="127.0.0.1:9092", help="Kafka's bootstrap servers")
    parser.add_argument("--metrics", default="metrics", help="the topic of metrics")
    parser.add_argument("--steps", type=int, default=500)
    options = parser.parse_args()
    spec = client.spec(options.checkpoints, options.run)
    if spec["logEvery"] != 1 or spec["firstSequence"] != 0:
        sys.exit("the run must log every step and begin with batch 0")
    stream = client.get_json(f"{options.ingest}/v1/streams/{spec['stream']}")["spec"]

    theirs = vaestream_losses(options.kafka, options.metrics, options.run, options.steps)
    if len(theirs) != options.steps - 1:
        sys.exit(f"the run has said {len(theirs) + 1} of {options.steps} losses")
    ours = jax_losses(spec, stream, options.steps)
    # Batch 0 is at index 0 of its epoch, where the tutorial logs nothing.
    jaxs = {step: ours[step - 1] for step in range(2, options.steps + 1)}
    jaxs[2] += ours[0]

    print(f"{'step':>6} {'vaestream':>12} {'JAX':>12}")
    for step in [2, *range(50, options.steps + 1, 50)]:
        print(f"{step:>6} {theirs[step]:>12.5f} {jaxs[step]:>12.5f}")
    first = max(abs(theirs[s] / jaxs[s] - 1) for s in jaxs if s <= FIRST)
    means = [
        abs(np.mean([theirs[s] for s in part]) / np.mean([jaxs[s] for s in part]) - 1)
        for part in np.array_split(sorted(jaxs), max(1, options.steps // MEAN_OF))
    ]
    print(f"first {FIRST}: {first:.1e} at most, {FIRST_TOLERANCE:.0e} allowed")
    print(f"means of {MEAN_OF}: {max(means):.1e} at most, {MEAN_TOLERANCE:.0e} allowed")
    return 0 if first <= FIRST_TOLERANCE and max(means) <= MEAN_TOLERANCE else 1


if __name__ == "__main__":
    sys.exit(main())
