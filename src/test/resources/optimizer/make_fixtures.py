"""Writes optimizers.json and schedules.json beside itself: what Keras 3 makes of the same settings.

Needs TensorFlow with Keras 3. Keras computes in float64 here, so that little of its own rounding is
in the numbers:

    python make_fixtures.py

optimizers.json: weights after each step, given the weights to begin with and, for each step, a
gradient and a learning rate. schedules.json: the rate for numbers of steps made before.
"""

import json
import os

import keras
import numpy as np

keras.config.set_floatx("float64")
HERE = os.path.dirname(os.path.abspath(__file__))

WEIGHTS = [1.0, -2.0, 0.5, 3.0]
GRADIENTS = [
    [0.5, -1.0, 1e-3, 8.0],
    [0.25, -0.5, -2e-3, 6.0],
    [-0.75, 1.5, 3e-3, -9.0],
    [0.1, 0.2, 0.0, 1.0],
    [1.0, 2.0, 1e-3, 0.5],
    [-0.3, 0.1, -1e-3, 2.0],
]
RATES = [0.01, 0.02, 0.04, 0.03, 0.02, 0.01]

O = keras.optimizers
OPTIMIZERS = {
    '{"type":"sgd"}': lambda: O.SGD(),
    '{"type":"momentum"}': lambda: O.SGD(momentum=0.9),
    '{"type":"momentum","momentum":0.8,"nesterov":true}': lambda: O.SGD(momentum=0.8, nesterov=True),
    '{"type":"rmsprop"}': lambda: O.RMSprop(),
    '{"type":"rmsprop","rho":0.8,"momentum":0.7,"epsilon":0.01}': lambda: O.RMSprop(
        rho=0.8, momentum=0.7, epsilon=0.01
    ),
    '{"type":"rmsprop","centered":true}': lambda: O.RMSprop(centered=True),
    '{"type":"rmsprop","momentum":0.5,"centered":true,"epsilon":0.001}': lambda: O.RMSprop(
        momentum=0.5, centered=True, epsilon=0.001
    ),
    '{"type":"adagrad"}': lambda: O.Adagrad(),
    '{"type":"adagrad","initialAccumulatorValue":0,"epsilon":0.001}': lambda: O.Adagrad(
        initial_accumulator_value=0.0, epsilon=0.001
    ),
    '{"type":"adam"}': lambda: O.Adam(epsilon=1e-8),
    '{"type":"adam","beta1":0.8,"beta2":0.9,"epsilon":0.01}': lambda: O.Adam(
        beta_1=0.8, beta_2=0.9, epsilon=0.01
    ),
    '{"type":"adamw"}': lambda: O.AdamW(),
    '{"type":"adamw","weightDecay":0.5,"beta1":0.8,"epsilon":0.001}': lambda: O.AdamW(
        weight_decay=0.5, beta_1=0.8, epsilon=0.001
    ),
}

S = keras.optimizers.schedules
F = np.float64  # Python's own numbers become float32
EARLY = [0, 1, 2, 3, 9, 10, 11, 19, 20, 21, 39, 40, 41, 59, 60, 61, 79, 80, 81, 99, 100, 101, 150]
# Jobs of 100 steps, of 8 images each, with 20 images an epoch: one epoch is 2.5 steps.
SCHEDULES = [
    (0.4, '{"type":"piecewise","boundaries":[40,80],"factors":[1,0.1,0.01]}', EARLY,
     lambda: S.PiecewiseConstantDecay([40, 80], list(map(F, [0.4, 0.04, 0.004])))),
    (0.4, '{"type":"piecewise","boundaries":[4,8.2],"factors":[1,0.5,0.25],"unit":"epochs"}', EARLY,
     lambda: S.PiecewiseConstantDecay([10.0, 20.5], list(map(F, [0.4, 0.2, 0.1])))),
    (0.3, '{"type":"exponential","duration":20,"decayRate":0.5}', EARLY,
     lambda: S.ExponentialDecay(F(0.3), 20, 0.5)),
    (0.3, '{"type":"exponential","duration":8,"decayRate":0.96,"staircase":true,"unit":"epochs"}', EARLY,
     lambda: S.ExponentialDecay(F(0.3), 20, 0.96, staircase=True)),
    (0.3, '{"type":"exponential"}', EARLY, lambda: S.ExponentialDecay(F(0.3), 100, 0.1)),
    (0.1, '{"type":"cosine"}', EARLY, lambda: S.CosineDecay(F(0.1), 100)),
    (0.1, '{"type":"cosine","duration":60,"alpha":0.05}', EARLY, lambda: S.CosineDecay(F(0.1), 60, alpha=0.05)),
    (0.1, '{"type":"cosine","warmup":20}', EARLY,
     lambda: S.CosineDecay(F(0.0), 80, warmup_target=0.1, warmup_steps=20)),
    (0.1, '{"type":"cosine","warmup":4,"duration":20,"alpha":0.1,"unit":"epochs"}', EARLY,
     lambda: S.CosineDecay(F(0.0), 50, alpha=0.1, warmup_target=0.1, warmup_steps=10)),
    (0.1, '{"type":"cosine","duration":1000000000}', [0, 1, 16777217, 500000001, 900000001],
     lambda: S.CosineDecay(F(0.1), 1000000000)),
    (0.2, '{"type":"polynomial"}', EARLY, lambda: S.PolynomialDecay(F(0.2), 100)),
    (0.2, '{"type":"polynomial","duration":40,"endLearningRate":0.01,"power":2}', EARLY,
     lambda: S.PolynomialDecay(F(0.2), 40, end_learning_rate=0.01, power=2.0)),
    (0.2, '{"type":"polynomial","duration":20,"endLearningRate":0.01,"power":0.5,"cycle":true}', EARLY,
     lambda: S.PolynomialDecay(F(0.2), 20, end_learning_rate=0.01, power=0.5, cycle=True)),
]


def trajectory(optimizer):
    weight = keras.Variable(np.array(WEIGHTS), dtype="float64", name="kernel")
    after = []
    for gradient, rate in zip(GRADIENTS, RATES):
        optimizer.learning_rate = rate
        optimizer.apply([keras.ops.convert_to_tensor(np.array(gradient))], [weight])
        after.append([float(w) for w in weight.numpy()])
    return after


def write(name, content):
    with open(os.path.join(HERE, name), "w") as file:
        json.dump(content, file, indent=1)
        file.write("\n")


write(
    "optimizers.json",
    {
        "weights": WEIGHTS,
        "gradients": GRADIENTS,
        "rates": RATES,
        "cases": [
            {"optimizer": json.loads(spec), "after": trajectory(make())}
            for spec, make in OPTIMIZERS.items()
        ],
    },
)
write(
    "schedules.json",
    [
        {
            "learningRate": rate,
            "schedule": json.loads(spec),
            "steps": steps,
            "rates": [float(make()(step)) for step in steps],
        }
        for rate, spec, steps, make in SCHEDULES
    ],
)
