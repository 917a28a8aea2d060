"""Prints reference.json: what Keras makes of the networks, from weights that a formula fills.

The tests do not run this; they read the numbers. Made with Keras 3 on TensorFlow 2.21, in float64
so that they are the truth to which float32 comes near:
    python make_fixtures.py > reference.json
"""

import json
import math

import keras
import numpy as np
import tensorflow as tf
from keras import Model, layers, losses


def noise(size, salt, repeat=1):
    """In [-0.5, 0.5], from whole numbers alone, so that every language has the same."""
    i = np.arange(size, dtype=np.int64) // repeat
    x = (i * 2654435761 + salt * 40503) % 4294967296
    x = (x // 65536 * 31 + x) % 65521
    return (x - 32760) / 65521.0


def fill(name, shape):
    size = int(np.prod(shape))
    values = noise(size, sum(name.encode()))
    part = name.split("/")[-1]
    if part == "kernel":
        values = values * math.sqrt(24 / np.prod(shape[:-1]))
    elif part in ("gamma", "moving_variance"):
        values = 1 + values
        if name.endswith("/norm3/gamma"):  # a bottleneck's last: large ones make 50 layers chaotic
            values = values / 8
    else:
        values = values / 2
    return values.reshape(shape).astype(np.float32)


def name_of(weight):
    layer, part = weight.path.split("/")[-2:]
    return layer.replace("__", "/") + "/" + part


def block(x, path, convolutions, stride, shortcut):
    def norm(y, name):
        return layers.BatchNormalization(momentum=0.9, epsilon=1e-5, name=path + name)(y)

    def conv(y, name, size, filters, stride):
        if stride > 1 and size > 1:
            y = layers.ZeroPadding2D((size - 1) // 2)(y)
            return layers.Conv2D(filters, size, stride, "valid", use_bias=False, name=path + name)(y)
        return layers.Conv2D(filters, size, stride, "same", use_bias=False, name=path + name)(y)

    y = x
    for k, (size, filters, strided) in enumerate(convolutions, 1):
        if k > 1:
            y = layers.ReLU()(y)
        y = norm(conv(y, f"conv{k}", size, filters, stride if strided else 1), f"norm{k}")
    if shortcut:
        x = norm(conv(x, "shortcut", 1, filters, stride), "shortcut_norm")
    return layers.ReLU()(layers.Add()([y, x]))


def resnet(depth, size, classes):
    x = image = layers.Input((size, size, 3))
    x = layers.ZeroPadding2D(3)(x)
    x = layers.Conv2D(64, 7, 2, "valid", use_bias=False, name="conv1")(x)
    x = layers.BatchNormalization(momentum=0.9, epsilon=1e-5, name="norm1")(x)
    x = layers.MaxPooling2D(3, 2, "same")(layers.ReLU()(x))
    units = {18: (2, 2, 2, 2), 34: (3, 4, 6, 3), 50: (3, 4, 6, 3), 101: (3, 4, 23, 3)}[depth]
    for g, n in enumerate(units):
        f = 64 << g
        for u in range(n):
            stride = 2 if g > 0 and u == 0 else 1
            path = f"block{g + 1}_unit{u + 1}__"
            if depth < 50:
                x = block(x, path, [(3, f, True), (3, f, False)], stride, stride > 1)
            else:
                parts = [(1, f, False), (3, f, True), (1, 4 * f, False)]
                x = block(x, path, parts, stride, u == 0)
    x = layers.Dense(classes, name="dense")(layers.GlobalAveragePooling2D()(x))
    return Model(image, x)


def dnn(size, units, batch_norm, classes):
    x = image = layers.Input((size, size, 3))
    x = layers.Flatten()(x)
    for k, n in enumerate(units, 1):
        x = layers.Dense(n, name=f"dense{k}")(x)
        if batch_norm:
            x = layers.BatchNormalization(momentum=0.99, epsilon=1e-3, name=f"norm{k}")(x)
        x = layers.ReLU()(x)
    return Model(image, layers.Dense(classes, name=f"dense{len(units) + 1}")(x))


def linear(size, classes):
    image = layers.Input((size, size, 3))
    return Model(image, layers.Dense(classes, name="dense")(layers.Flatten()(image)))


def averages(model, batch):
    """Keras moves by the biased variance of a batch; TensorFlow's fused operation by the unbiased."""
    found = {}
    for layer in model.layers:
        for weight in layer.non_trainable_weights:
            name = name_of(weight)
            values = np.ravel(weight)
            if name.endswith("moving_variance") and len(layer.input.shape) == 4:
                n = batch * layer.input.shape[1] * layer.input.shape[2]
                kept = layer.momentum * fill(name, weight.shape).astype(np.float64)
                values = kept + (values - kept) * n / (n - 1)
            found[name] = values[:4].tolist()
    return found


def reference(model, size, batch, classes):
    for weight in model.weights:
        weight.assign(fill(name_of(weight), weight.shape))
    pixels = batch * size * size * 3
    images = 1.5 * noise(pixels, 2, 47) + 0.5 * noise(pixels, 1)
    images = images.reshape(batch, size, size, 3).astype(np.float32)
    labels = np.arange(batch) % classes
    inference = model(images, training=False)
    with tf.GradientTape() as tape:
        logits = model(images, training=True)
        loss = losses.SparseCategoricalCrossentropy(from_logits=True)(labels, logits)
    gradients = tape.gradient(loss, model.trainable_weights)
    return {
        "inference": np.ravel(inference).tolist(),
        "training": np.ravel(logits).tolist(),
        "loss": float(loss),
        "gradients": {
            name_of(weight): [float(tf.norm(g)), float(np.ravel(g)[0]), float(np.ravel(g)[-1])]
            for weight, g in zip(model.trainable_weights, gradients)
        },
        "averages": averages(model, batch),
    }


def main():
    keras.config.set_floatx("float64")
    print(
        json.dumps(
            {
                "linear": reference(linear(7, 4), 7, 3, 4),
                "dnn": reference(dnn(7, (9, 6), False, 4), 7, 5, 4),
                "dnn_norm": reference(dnn(7, (9, 6), True, 4), 7, 5, 4),
                "resnet18": reference(resnet(18, 45, 4), 45, 3, 4),
                "resnet50": reference(resnet(50, 45, 4), 45, 3, 4),
            },
            indent=1,
        )
    )


if __name__ == "__main__":
    main()
