#!/usr/bin/env python3
"""Writes waves.jpg and waves.json: what Python's TensorFlow makes of the image, by the recipe's own functions.

Each case: what, height, width, number of the record (training) or fraction (evaluation), and values: the pixels at
the four corners and at [height / 2, width / 3], then the mean of each channel. The seed is 5.
"""
import io
import json
import os

import numpy as np
import tensorflow as tf
from PIL import Image

HERE = os.path.dirname(os.path.abspath(__file__))
SEED, H, W = 5, 61, 83
noise = np.random.default_rng(5)
y, x = np.mgrid[0:H, 0:W]
waves = np.stack([127 + 100 * np.sin(x / 7 + y / 11), 127 + 100 * np.cos(x / 5 - y / 9), (x * 3 + y * 5) % 256], -1)
file = io.BytesIO()
Image.fromarray(np.clip(waves + noise.normal(0, 6, (H, W, 3)), 0, 255).astype(np.uint8)).save(file, 'JPEG', quality=90)
jpeg = file.getvalue()
pixels = tf.image.convert_image_dtype(tf.io.decode_jpeg(jpeg, channels=3), tf.float32)
bilinear = tf.compat.v1.image.resize_bilinear
bicubic = tf.compat.v1.image.resize_bicubic


def values(image):
    image = ((image - .5) * 2).numpy()
    h, w = image.shape[:2]
    spots = image[0, 0], image[0, -1], image[-1, 0], image[-1, -1], image[h // 2, w // 3], image.mean((0, 1))
    return [round(float(v), 6) for spot in spots for v in spot]


def central(fraction, h, w, resize):
    limit = min(H * w, W * h)
    part_h, part_w = int(limit / w * fraction), int(limit / h * fraction)
    top, left = (H - part_h + 1) // 2, (W - part_w + 1) // 2
    part = pixels if fraction == 1 else pixels[top:top + part_h, left:left + part_w]
    return resize(part[None], [h, w])[0]


def article(number, h, w):
    random = tf.random.stateless_uniform([5], tf.constant([SEED, number], tf.int64)).numpy()
    top, left = int(random[0] * 11), int(random[1] * 11)
    image = bilinear(pixels[None], [h + 10, w + 10])[0][top:top + h, left:left + w]
    image = tf.image.flip_left_right(image) if random[2] < .5 else image
    image = tf.image.adjust_brightness(image, (random[4] * 2 - 1) * 63 / 255)
    return tf.image.adjust_contrast(image, .2 + 1.6 * random[3])


def resnet(number, h, w):
    begin, size, _ = tf.image.stateless_sample_distorted_bounding_box(
        tf.constant([H, W, 3]), [[[0., 0, 1, 1]]], tf.constant([SEED, number], tf.int64), min_object_covered=.1,
        aspect_ratio_range=[3 / 4, 4 / 3], area_range=[.08, 1], max_attempts=100)
    image = bicubic(tf.slice(pixels, begin, size)[None], [h, w])[0]
    flip = tf.random.stateless_uniform([1], tf.constant([~SEED, number], tf.int64))[0] < .5
    return tf.image.flip_left_right(image) if flip else image


cases = [dict(what='resnet', height=24, width=32, number=n, values=values(resnet(n, 24, 32))) for n in range(6)]
cases += [dict(what='article', height=24, width=32, number=n, values=values(article(n, 24, 32))) for n in range(4)]
for what, h, w, fraction, resize in (('bicubic', 24, 24, .875, bicubic), ('bicubic', 24, 32, .875, bicubic),
                                     ('bilinear', 40, 20, .5, bilinear), ('bilinear', 24, 32, 1, bilinear)):
    cases.append(dict(what=what, height=h, width=w, fraction=fraction, values=values(central(fraction, h, w, resize))))
with open(os.path.join(HERE, 'waves.jpg'), 'wb') as out:
    out.write(jpeg)
with open(os.path.join(HERE, 'waves.json'), 'w') as out:
    out.write('[\n' + ',\n'.join(json.dumps(case) for case in cases) + '\n]\n')
