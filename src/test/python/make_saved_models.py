"""Makes src/test/resources/imports: small SavedModels as Python writes them, and what Python answers for them.

    python make_saved_models.py src/test/resources/imports

words.zip       by model.export: a vocabulary in a file, one that was learnt, an embedding, batch normalization
words.json      what it was asked and what it answered
unrestored.zip  by tf.saved_model.save, which Keras 3 models survive in Python only

Made with tensorflow-cpu 2.21.0 and keras 3.15.1.
"""

import json
import os
import shutil
import sys
import tempfile

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import keras  # noqa: E402
import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402
from keras import layers  # noqa: E402


def words(vocabulary):
    colour = keras.Input((1,), dtype="string", name="colour")
    note = keras.Input((), dtype="string", name="note")
    size = keras.Input((2,), name="size")
    text = layers.TextVectorization(output_mode="count")
    text.adapt(["a small one", "a large one"])
    embedded = layers.Embedding(4, 2)(layers.StringLookup(vocabulary=vocabulary)(colour))
    joined = layers.Concatenate()([layers.Flatten()(embedded), text(note), size])
    return keras.Model([colour, note, size], layers.Dense(3, activation="softmax")(layers.BatchNormalization()(joined)))


def main(folder):
    keras.utils.set_random_seed(1)
    with tempfile.TemporaryDirectory() as scratch:
        vocabulary, exported, saved = (os.path.join(scratch, name) for name in ("colours.txt", "words", "unrestored"))
        with open(vocabulary, "w") as file:
            file.write("red\ngreen\nblue\n")
        words(vocabulary).export(exported, verbose=False)
        serve = tf.saved_model.load(exported).signatures["serving_default"]
        asked = {"colour": [["blue"], ["violet"]], "note": ["a Large one!", ""], "size": [[0.5, 1.5], [2.0, -1.0]]}
        answer = serve(**{name: tf.constant(value) for name, value in asked.items()})
        with open(os.path.join(folder, "words.json"), "w") as file:
            json.dump({"inputs": asked, "outputs": np.asarray(answer["output_0"]).tolist()}, file)
            file.write("\n")

        dense = keras.Sequential([keras.Input((2,)), layers.Dense(3)])
        signature = tf.function(lambda x: {"y": dense(x)}).get_concrete_function(tf.TensorSpec([None, 2], name="x"))
        tf.saved_model.save(dense, saved, signatures=signature)
        for made in (exported, saved):
            shutil.make_archive(os.path.join(folder, os.path.basename(made)), "zip", made)


if __name__ == "__main__":
    main(sys.argv[1])
