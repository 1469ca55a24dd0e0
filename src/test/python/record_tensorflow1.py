"""Records the optimizers of tf.compat.v1.train with each of their arguments in turn at zero, switched, or changed, for
fixtures/goldens/tensorflow/branches. Variables in float64, numbers as they are written in a program: TensorFlow makes float32
tensors of them, and Adam keeps the powers of its betas in float32 variables.

Needs, from PyPI, tensorflow-cpu==2.21.0. To run it:

    python record_tensorflow1.py PROBLEMS FOLDER
"""

import os
import sys

os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
import tensorflow as tf

import recordings

tf1 = tf.compat.v1
tf1.disable_v2_behavior()

# Of each class: what is not changed, and what is changed from that, one after the other.
CASES = {
    "GradientDescentOptimizer": (dict(learning_rate=0.05), [dict()]),
    "MomentumOptimizer": (dict(learning_rate=0.05, momentum=0.9), [dict(), dict(momentum=0.0), dict(use_nesterov=True)]),
    "AdamOptimizer": (dict(learning_rate=0.02), [dict(), dict(beta1=0.0), dict(beta2=0.0, epsilon=0.1), dict(epsilon=0.0), dict(epsilon=0.1), dict(beta1=0.5, beta2=0.5)]),
    "RMSPropOptimizer": (dict(learning_rate=0.01),
                         [dict(), dict(momentum=0.9), dict(centered=True), dict(centered=True, momentum=0.9), dict(decay=0.5), dict(decay=0.0, epsilon=0.1), dict(epsilon=0.1)]),
    "AdagradOptimizer": (dict(learning_rate=0.05), [dict(), dict(initial_accumulator_value=0.7)]),
    "AdagradDAOptimizer": (dict(learning_rate=0.05),
                           [dict(), dict(initial_gradient_squared_accumulator_value=0.7), dict(l1_regularization_strength=0.01), dict(l2_regularization_strength=0.01)]),
    "AdadeltaOptimizer": (dict(learning_rate=0.5), [dict(), dict(rho=0.0), dict(rho=0.5), dict(epsilon=0.1)]),
    "FtrlOptimizer": (dict(learning_rate=0.05),
                      [dict(), dict(learning_rate_power=-0.3), dict(initial_accumulator_value=0.7), dict(l1_regularization_strength=0.01),
                       dict(l2_regularization_strength=0.01), dict(l2_shrinkage_regularization_strength=0.01), dict(beta=0.1)]),
    "ProximalGradientDescentOptimizer": (dict(learning_rate=0.05, l1_regularization_strength=0.0, l2_regularization_strength=0.0), [dict(), dict(l1_regularization_strength=0.01), dict(l2_regularization_strength=0.01)]),
    "ProximalAdagradOptimizer": (dict(learning_rate=0.05, initial_accumulator_value=0.1, l1_regularization_strength=0.0, l2_regularization_strength=0.0),
                                 [dict(), dict(initial_accumulator_value=0.7), dict(l1_regularization_strength=0.01), dict(l2_regularization_strength=0.01)]),
}


DOUBLES = ("ProximalGradientDescentOptimizer", "ProximalAdagradOptimizer")


def record(problem, name, arguments):
    """One run; the loss is summed over the outputs, halved, and averaged over the batch (docs/recordings.md)."""
    native = {"layers": [{"call": "tf.compat.v1.get_variable", "kwargs": {"name": n, "regularizer": None}} for n in ("ip1/kernel", "ip1/bias")],
              "loss": "loss = 0.5 * tf.reduce_sum(tf.compat.v1.squared_difference(z, y)) / 8;"
                      " tf.compat.v1.losses.add_loss(loss); loss = tf.compat.v1.losses.get_total_loss()",
              "optimizer": {"call": f"tf.compat.v1.train.{name}", "kwargs": arguments}}
    with tf1.Graph().as_default(), tf1.Session() as session:
        w = tf1.get_variable("w", initializer=tf.constant(problem.init["W1"]))
        b = tf1.get_variable("b", initializer=tf.constant(problem.init["b1"]))
        x, y = tf1.placeholder(tf.float64, [None, 8]), tf1.placeholder(tf.float64, [None, 3])
        loss = tf.reduce_sum((tf.matmul(x, w) + b - y) ** 2) / tf.constant(2.0 * problem.size, tf.float64)
        steps = tf1.train.get_or_create_global_step()
        extra = {"global_step": steps} if name == "AdagradDAOptimizer" else {}
        # The proximal kernels take no float32 beside a float64 variable.
        given = {k: np.float64(v) for k, v in arguments.items()} if name in DOUBLES else arguments
        train = getattr(tf1.train, name)(**given, **extra).minimize(loss, global_step=steps)
        session.run(tf1.global_variables_initializer())
        return native, recordings.run(
            problem,
            lambda: dict(zip(("W1", "b1"), session.run([w, b]))),
            lambda rows, targets, update: session.run(train, {x: rows, y: targets}))


def main():
    problem = recordings.Problem(sys.argv[1], "linear")
    head = {"framework": "tf1", "framework_version": f"tensorflow {tf.__version__} (tf.compat.v1)", "dtype": "float64", "problem": problem.name}
    for name, (fixed, changes) in CASES.items():
        for change in changes:
            spelled = "-".join(f"{k}-{v}" for k, v in change.items()) or "base"
            case = f"tf1-{name.removesuffix('Optimizer').lower()}-{spelled}"
            native, result = record(problem, name, {**fixed, **change})
            exact = {"hyperparameters": "exact"} if name in DOUBLES else {}
            note = f"{'numbers as float64' if exact else 'plain Python floats'}; changed from the base: {spelled}"
            recordings.write(sys.argv[2], case, head, native, result, note, **exact)


if __name__ == "__main__":
    main()
