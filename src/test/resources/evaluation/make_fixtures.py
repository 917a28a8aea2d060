"""Makes scores.json: logits and labels of 60 examples in 8 classes, and what Keras and NumPy say of them.

Class 2 is never predicted, class 7 never occurs. Precision and recall are scikit-learn's definitions with
zero_division=0, in NumPy; cross-entropy, top-5 accuracy, F1 and the confusion matrix are TensorFlow's.
"""
import json
import pathlib

import numpy as np
import tensorflow as tf

CLASSES = 8
random = np.random.default_rng(11)
labels = random.integers(0, CLASSES - 1, 60)
logits = random.normal(size=(60, CLASSES))
logits[np.arange(60), labels] += 1.5
logits[:, 2] -= 9
logits = np.round(logits, 4).astype(np.float32)
assert all(len(set(row)) == CLASSES for row in logits.tolist()), "ties"

matrix = tf.math.confusion_matrix(labels, logits.argmax(1), CLASSES).numpy()
right, predicted, actual = np.diag(matrix), matrix.sum(0), matrix.sum(1)
assert predicted[2] == 0 and actual[7] == 0 and predicted[7] > 0


def share(part, whole):
    return np.divide(part, whole, out=np.zeros(CLASSES), where=whole > 0)


f1 = tf.keras.metrics.F1Score(average=None)
f1.update_state(tf.one_hot(labels, CLASSES), logits)
top_five = tf.keras.metrics.SparseTopKCategoricalAccuracy(5)
top_five.update_state(labels, logits)
loss = tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits.astype(np.float64))

scores = {
    "labels": labels.tolist(),
    "logits": [[round(x, 4) for x in row] for row in logits.astype(float).tolist()],
    "loss": float(tf.reduce_mean(loss)),
    "accuracy": float(right.sum() / 60),
    "top_5_accuracy": float(top_five.result()),
    "precision": share(right, predicted).tolist(),
    "recall": share(right, actual).tolist(),
    "f1": f1.result().numpy().astype(float).tolist(),
    "confusion_matrix": matrix.tolist(),
}
pathlib.Path(__file__).with_name("scores.json").write_text(json.dumps(scores).replace("], ", "],\n") + "\n")
