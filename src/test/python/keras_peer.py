"""Keras's side of the benchmark: one figure a run, printed as one JSON line.

    python keras_peer.py FIGURE --data FOLDER [--batch 32] [--precision float32] [--seed 1] [--steps 20] ...

FOLDER holds train-* and validation-* TFRecord shards of five classes. The network, the loss, the optimizer and the
input pipeline are those of the article "How to write a custom estimator for Cloud TPU", as a Keras user would write
them: see src/docs/benchmarks.md for what each figure means. Needs tensorflow-cpu.
"""

import argparse
import json
import os
import time

BEGIN = float(os.environ.get("BENCHMARK_BEGIN", time.time()))  # when the parent started this process
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import keras  # noqa: E402
import tensorflow as tf  # noqa: E402

CLASSES = 5
FEATURES = {
    "image/encoded": tf.io.FixedLenFeature([], tf.string),
    "image/class/label": tf.io.FixedLenFeature([], tf.int64),
}


def example(record, size, augment):
    """A record to an image in [-1, 1] and a label from 0."""
    parsed = tf.io.parse_single_example(record, FEATURES)
    image = tf.cast(tf.io.decode_jpeg(parsed["image/encoded"], channels=3), tf.float32) / 255.0
    larger = size + 10 if augment else size
    image = tf.compat.v1.image.resize_bilinear(image[None], [larger, larger])[0]
    if augment:
        image = tf.image.random_crop(image, [size, size, 3])
        image = tf.image.random_flip_left_right(image)
        image = tf.image.random_brightness(image, 63.0 / 255.0)
        image = tf.image.random_contrast(image, 0.2, 1.8)
    return (image - 0.5) * 2.0, tf.cast(parsed["image/class/label"], tf.int32) - 1


def dataset(args, split, augment, batch):
    """Batches of a split: without end, shuffled and augmented for training; once and in order otherwise."""
    files = tf.data.Dataset.list_files(os.path.join(args.data, split + "-*"), shuffle=augment)
    if augment:
        files = files.repeat()
    records = files.interleave(
        lambda name: tf.data.TFRecordDataset(name, buffer_size=8 << 20),
        cycle_length=64, num_parallel_calls=tf.data.AUTOTUNE, deterministic=not augment)
    if augment:
        records = records.shuffle(1024)
    examples = records.map(lambda r: example(r, args.size, augment), num_parallel_calls=tf.data.AUTOTUNE)
    return examples.batch(batch, drop_remainder=augment).prefetch(tf.data.AUTOTUNE)


def article_network(args):
    layers = keras.layers
    return keras.Sequential([
        layers.Input((args.size, args.size, 3)),
        layers.Conv2D(10, 5, padding="same", activation="relu"), layers.MaxPooling2D(),
        layers.Conv2D(20, 5, padding="same", activation="relu"), layers.MaxPooling2D(),
        layers.Flatten(), layers.Dense(300), layers.BatchNormalization(), layers.ReLU(), layers.Dropout(0.25),
        layers.Dense(CLASSES), layers.BatchNormalization(), layers.Activation("linear", dtype="float32")])


def resnet18(args):
    """Version 1, basic blocks; the batch norms as in the reference: momentum 0.9, epsilon 1e-5."""
    layers = keras.layers

    def norm(x, zero=False):
        return layers.BatchNormalization(
            momentum=0.9, epsilon=1e-5, gamma_initializer="zeros" if zero else "ones")(x)

    def conv(x, filters, kernel, stride):
        return layers.Conv2D(filters, kernel, stride, padding="same", use_bias=False,
                             kernel_initializer="he_normal")(x)

    images = layers.Input((args.size, args.size, 3))
    x = layers.MaxPooling2D(3, 2, padding="same")(layers.ReLU()(norm(conv(images, 64, 7, 2))))
    for stage, filters in enumerate([64, 128, 256, 512]):
        for unit in range(2):
            stride = 2 if stage > 0 and unit == 0 else 1
            shortcut = norm(conv(x, filters, 1, stride)) if stride == 2 else x
            y = layers.ReLU()(norm(conv(x, filters, 3, stride)))
            x = layers.ReLU()(layers.Add()([shortcut, norm(conv(y, filters, 3, 1), zero=True)]))
    x = layers.Dense(CLASSES)(layers.GlobalAveragePooling2D()(x))
    return keras.Model(images, layers.Activation("linear", dtype="float32")(x))


def compiled(args):
    model = resnet18(args) if args.network == "resnet18" else article_network(args)
    model.compile(keras.optimizers.Adam(args.learning_rate, epsilon=1e-8),
                  keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
    return model


class Clock(keras.callbacks.Callback):
    """When each training step ended, and how much processor time had gone by."""

    def __init__(self):
        super().__init__()
        self.wall, self.cpu = [], []

    def on_train_batch_end(self, batch, logs=None):
        self.wall.append(time.time())
        self.cpu.append(time.process_time())

    def rates(self, batch, warm):
        steps = len(self.wall) - warm
        return {"images_per_second": batch * steps / (self.wall[-1] - self.wall[warm - 1]),
                "cpu_ms_per_image": 1e3 * (self.cpu[-1] - self.cpu[warm - 1]) / (batch * steps)}


def train(args, batches):
    clock = Clock()
    compiled(args).fit(batches, steps_per_epoch=args.warm + args.steps, verbose=0, callbacks=[clock])
    return clock.rates(args.batch, args.warm)


def step(args):
    """Training steps on three batches that are in memory."""
    batches = dataset(args, "train", True, args.batch).take(3).cache()
    for _ in batches:
        pass
    return train(args, batches.repeat())


def train_pipeline(args):
    return train(args, dataset(args, "train", True, args.batch))


def pipeline(args):
    """The training pipeline alone."""
    batches = iter(dataset(args, "train", True, args.batch))
    for _ in range(args.warm):
        next(batches)
    wall, cpu = time.time(), time.process_time()
    for _ in range(args.steps):
        next(batches)
    images = args.batch * args.steps
    return {"images_per_second": images / (time.time() - wall),
            "cpu_ms_per_image": 1e3 * (time.process_time() - cpu) / images}


def evaluate(args):
    """A second evaluation of the whole validation split: the first one traces."""
    model = compiled(args)
    batches = dataset(args, "validation", False, args.batch)
    images = sum(int(labels.shape[0]) for _, labels in batches)
    model.evaluate(batches, verbose=0)
    wall = time.time()
    model.evaluate(batches, verbose=0)
    return {"images_per_second": images / (time.time() - wall)}


def checkpoint(args):
    """The time that training stands still for a checkpoint with the optimizer's slots."""
    model = compiled(args)
    model.optimizer.build(model.trainable_variables)
    saver = tf.train.CheckpointManager(
        tf.train.Checkpoint(model=model, optimizer=model.optimizer), os.path.join(args.output, "checkpoint"), 3)
    saver.save(1)
    wall = time.time()
    saver.save(2)
    return {"seconds": time.time() - wall}


class Serving(tf.Module):
    def __init__(self, model, size):
        super().__init__()
        self.model, self.size = model, size

    @tf.function(input_signature=[tf.TensorSpec([None], tf.string, "image_bytes")])
    def serve(self, image_bytes):
        def decode(encoded):
            image = tf.cast(tf.io.decode_jpeg(encoded, channels=3), tf.float32)[None]
            return tf.compat.v1.image.resize_bilinear(image, [self.size, self.size])[0] / 127.5 - 1.0

        images = tf.map_fn(decode, image_bytes, tf.float32)
        probabilities = tf.nn.softmax(self.model(images, training=False))
        return {"probabilities": probabilities, "classid": tf.argmax(probabilities, 1, tf.int32)}


def exported(model, args):
    folder = os.path.join(args.output, "export")
    serving = Serving(model, args.size)
    tf.saved_model.save(serving, folder, signatures=serving.serve)
    return folder


def export(args):
    """Writing the SavedModel, loading it back and predicting one image."""
    model = compiled(args)
    record = next(iter(tf.data.TFRecordDataset(tf.io.gfile.glob(os.path.join(args.data, "validation-*"))[0])))
    image = tf.io.parse_single_example(record, FEATURES)["image/encoded"]
    wall = time.time()
    loaded = tf.saved_model.load(exported(model, args)).signatures["serving_default"]
    loaded(image_bytes=image[None])
    return {"seconds": time.time() - wall}


def start(args):
    """From the start of the process to the end of the first training step."""
    clock = Clock()
    compiled(args).fit(dataset(args, "train", True, args.batch), steps_per_epoch=1, verbose=0, callbacks=[clock])
    return {"seconds": clock.wall[0] - BEGIN}


def job(args):
    """The whole job: training with an evaluation and a checkpoint every third of it, then the export."""
    keras.utils.set_random_seed(args.seed)
    model = compiled(args)
    saver = tf.train.CheckpointManager(
        tf.train.Checkpoint(model=model, optimizer=model.optimizer), os.path.join(args.output, "checkpoint"), 3)
    batches = dataset(args, "train", True, args.batch)
    validation = dataset(args, "validation", False, args.batch)
    for third in range(3):
        model.fit(batches, steps_per_epoch=args.steps // 3, verbose=0)
        saver.save(third)
        accuracy = model.evaluate(validation, verbose=0, return_dict=True)["accuracy"]
    tf.saved_model.load(exported(model, args))
    return {"seconds": time.time() - BEGIN, "accuracy": accuracy}


def main():
    figures = {f.__name__: f for f in
               (step, train_pipeline, pipeline, evaluate, checkpoint, export, start, job)}
    parser = argparse.ArgumentParser()
    parser.add_argument("figure", choices=figures)
    parser.add_argument("--data", required=True)
    parser.add_argument("--output", default="benchmark-keras")
    parser.add_argument("--network", default="article", choices=["article", "resnet18"])
    parser.add_argument("--size", type=int, default=299)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--precision", default="float32", choices=["float32", "mixed_bfloat16"])
    parser.add_argument("--learning_rate", type=float, default=0.01)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--warm", type=int, default=3)
    parser.add_argument("--steps", type=int, default=20)
    args = parser.parse_args()
    keras.mixed_precision.set_global_policy(args.precision)
    print(json.dumps(figures[args.figure](args)))


if __name__ == "__main__":
    main()
