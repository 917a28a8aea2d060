"""Python's side of the prediction benchmark, printed as one JSON line: the same SavedModel, the same JPEGs.

    python predict_peer.py --model target/benchmark/predict/export --images target/benchmark/predict/images [--batch 32]

The model is loaded with tf.saved_model.load and its signature is called in a loop, without any server: one JPEG at a
time, and as many at a time as Trainyard asks a model together. Needs tensorflow-cpu.
"""

import argparse
import json
import os
import resource
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import tensorflow as tf  # noqa: E402


def cpu():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", required=True)
    parser.add_argument("--images", required=True)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--samples", type=int, default=300)
    args = parser.parse_args()
    images = [tf.io.read_file(os.path.join(args.images, name)).numpy() for name in sorted(os.listdir(args.images))]

    begin = time.time()
    model = tf.saved_model.load(args.model)
    serve = model.signatures["serving_default"]

    def ask(some):
        return {name: value.numpy() for name, value in serve(image_bytes=tf.constant(some)).items()}

    ask(images[:1])
    figures = {"cold_s": time.time() - begin}
    for n in range(30):
        ask([images[n % len(images)]])
    times = []
    start = cpu()
    for n in range(args.samples):
        begin = time.time()
        ask([images[n % len(images)]])
        times.append(time.time() - begin)
    figures["cpu_ms_per_image"] = (cpu() - start) * 1000 / args.samples
    figures["images_per_second"] = args.samples / sum(times)
    times.sort()
    figures["p50_ms"] = times[len(times) // 2] * 1000
    figures["p99_ms"] = times[-(-len(times) * 99 // 100) - 1] * 1000
    batches = [[images[(n * args.batch + i) % len(images)] for i in range(args.batch)] for n in range(24)]
    for batch in batches[:4]:
        ask(batch)
    begin, start = time.time(), cpu()
    for batch in batches[4:]:
        ask(batch)
    count = args.batch * (len(batches) - 4)
    figures["batched_images_per_second"] = count / (time.time() - begin)
    figures["batched_cpu_ms_per_image"] = (cpu() - start) * 1000 / count
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
