"""Writes the fixtures in this folder with TensorFlow 2 (made with 2.21) and Pillow.

python.tfrecord holds three records of two labels, as tf.io.TFRecordWriter and
SerializeToString(deterministic=True) write them; features.tfrecord holds lists of every kind.

    python make_fixtures.py .
"""
import io
import os
import sys

import tensorflow as tf
from PIL import Image

LABELS = ["daisy", "rosé 🌹"]


def jpeg(color, size):
    out = io.BytesIO()
    Image.new("RGB", size, color).save(out, "JPEG", quality=80)
    return out.getvalue()


def ints(*values):
    return tf.train.Feature(int64_list=tf.train.Int64List(value=values))


def floats(*values):
    return tf.train.Feature(float_list=tf.train.FloatList(value=values))


def strings(*values):
    return tf.train.Feature(bytes_list=tf.train.BytesList(value=values))


def example(**features):
    return tf.train.Example(features=tf.train.Features(feature=features))


def image(label, name, color, size):
    return example(**{
        "image/height": ints(size[1]),
        "image/width": ints(size[0]),
        "image/colorspace": strings(b"RGB"),
        "image/channels": ints(3),
        "image/class/label": ints(LABELS.index(label) + 1),
        "image/class/synset": strings(label.encode()),
        "image/format": strings(b"JPEG"),
        "image/filename": strings(name.encode()),
        "image/encoded": strings(jpeg(color, size)),
    })


def write(path, examples):
    with tf.io.TFRecordWriter(path) as out:
        for e in examples:
            out.write(e.SerializeToString(deterministic=True))


folder = sys.argv[1]
write(os.path.join(folder, "python.tfrecord"), [
    image("daisy", "a.jpg", (250, 250, 240), (16, 12)),
    image("rosé 🌹", "b b.jpg", (200, 10, 40), (9, 200)),
    image("daisy", "c.jpeg", (255, 255, 255), (300, 1)),
])
write(os.path.join(folder, "features.tfrecord"), [example(**{
    "int64s": ints(0, 1, 127, 128, -1, 2**63 - 1, -2**63),
    "floats": floats(0.0, -1.5, 3.4e38, float("inf")),
    "strings": strings(b"", b"\x00\xff", b"abc"),
    "no_int64s": ints(),
    "no_floats": floats(),
    "no_strings": strings(),
    "nothing": tf.train.Feature(),
})])
