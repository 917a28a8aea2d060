"""Converts JPEG files to TFRecords as the article's program does, for the benchmark of conversions.

--coder header reads no more of an image than its size; session decodes each one in a session of its own, as the
original. Reads target/benchmark/images, which our side makes. The last line is JSON.
"""
import argparse
import io
import json
import os
import shutil
import statistics
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import tensorflow as tf
from PIL import Image

SHARDS = 8


def size_by_header(data):
    with Image.open(io.BytesIO(data)) as image:
        width, height = image.size
    return height, width


def size_by_session(data):
    with tf.Graph().as_default(), tf.compat.v1.Session() as session:
        encoded = tf.compat.v1.placeholder(tf.string)
        image = session.run(tf.io.decode_jpeg(encoded, channels=3), {encoded: data})
    return image.shape[0], image.shape[1]


def example(path, label, labels, size):
    with open(path, "rb") as file:
        data = file.read()
    height, width = size(data)

    def integer(value):
        return tf.train.Feature(int64_list=tf.train.Int64List(value=[value]))

    def text(value):
        return tf.train.Feature(bytes_list=tf.train.BytesList(value=[value]))

    return tf.train.Example(features=tf.train.Features(feature={
        "image/height": integer(height), "image/width": integer(width),
        "image/colorspace": text(b"RGB"), "image/channels": integer(3), "image/format": text(b"JPEG"),
        "image/class/label": integer(labels.index(label) + 1), "image/class/synset": text(label.encode()),
        "image/filename": text(os.path.basename(path).encode()), "image/encoded": text(data)}))


def convert(rows, labels, folder, size):
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    writers = [tf.io.TFRecordWriter(os.path.join(folder, "train-%05d-of-%05d" % (n, SHARDS))) for n in range(SHARDS)]
    for number, row in enumerate(rows):
        path, label = row.rsplit(",", 1)
        writers[number % SHARDS].write(example(path, label, labels, size).SerializeToString())
    for writer in writers:
        writer.close()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--coder", choices=["header", "session"], default="header")
    parser.add_argument("--output", required=True)
    arguments, _ = parser.parse_known_args()
    images = "target/benchmark/images"
    rows = open(os.path.join(images, "images.csv"), encoding="utf-8").read().splitlines()
    labels = open(os.path.join(images, "labels.txt"), encoding="utf-8").read().splitlines()
    session = arguments.coder == "session"
    rates, costs = [], []
    for _ in range(1 if session else 5):
        wall, cpu = time.perf_counter(), time.process_time()
        convert(rows, labels, arguments.output, size_by_session if session else size_by_header)
        rates.append(len(rows) / (time.perf_counter() - wall))
        costs.append((time.process_time() - cpu) * 1000 / len(rows))
    print(json.dumps({"images_per_second": statistics.median(rates), "cpu_ms_per_image": statistics.median(costs)}))


main()
