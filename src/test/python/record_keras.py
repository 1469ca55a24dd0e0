"""Records optimizers of Keras 3 (fixtures/goldens/keras3/branches) or, with the word tf_keras, of Keras 2 and of tf.keras' legacy
optimizers (fixtures/goldens/keras2/branches), with each of their arguments in turn at zero, switched, or changed. A model in
float64, numbers as they are written in a program: what Keras rounds to float32, it rounds.

Needs, from PyPI, keras==3.15.1 and tensorflow-cpu==2.21.0, or tf_keras==2.21.0. To run it:

    python record_keras.py PROBLEMS FOLDER [tf_keras]
"""

import json
import os
import sys

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import tensorflow as tf

import recordings

OLD = "tf_keras" in sys.argv
if OLD:
    import tf_keras as keras
else:
    import keras

keras.backend.set_floatx("float64")

# Of each class: what is not changed, and what is changed from that, one after the other.
CASES = {
    "SGD": (dict(learning_rate=0.05, momentum=0.9),
            [dict(), dict(momentum=0.0), dict(nesterov=True), dict(momentum=0.0, nesterov=True), dict(weight_decay=0.1), dict(clipvalue=0.1),
             dict(clipnorm=0.1), dict(global_clipnorm=0.1), dict(nesterov=True, weight_decay=0.1)]),
    "Adam": (dict(learning_rate=0.02),
             [dict(), dict(beta_1=0.0), dict(beta_2=0.0, epsilon=0.1), dict(epsilon=0.0), dict(epsilon=0.1), dict(amsgrad=True),
              dict(amsgrad=True, beta_1=0.5, beta_2=0.5), dict(weight_decay=0.1)]),
    "AdamW": (dict(learning_rate=0.02), [dict(), dict(weight_decay=0.0), dict(weight_decay=0.5), dict(amsgrad=True, beta_2=0.5)]),
    "Adamax": (dict(learning_rate=0.02), [dict(), dict(beta_1=0.0), dict(beta_2=0.0, epsilon=0.1), dict(epsilon=0.1), dict(epsilon=0.0), dict(weight_decay=0.1)]),
    "Nadam": (dict(learning_rate=0.02), [dict(), dict(beta_1=0.0), dict(beta_2=0.5), dict(epsilon=0.1), dict(epsilon=0.0), dict(weight_decay=0.1)]),
    "Adagrad": (dict(learning_rate=0.05),
                [dict(), dict(initial_accumulator_value=0.0), dict(initial_accumulator_value=0.7), dict(epsilon=0.1), dict(epsilon=0.0), dict(weight_decay=0.1)]),
    "Adadelta": (dict(learning_rate=0.5), [dict(), dict(rho=0.0), dict(rho=0.5), dict(epsilon=0.1), dict(weight_decay=0.1)]),
    "RMSprop": (dict(learning_rate=0.01),
                [dict(), dict(momentum=0.9), dict(centered=True), dict(centered=True, momentum=0.9), dict(rho=0.5), dict(rho=0.0, epsilon=0.1), dict(epsilon=0.1),
                 dict(epsilon=0.1, momentum=0.9), dict(epsilon=0.1, centered=True), dict(weight_decay=0.1)]),
    "Ftrl": (dict(learning_rate=0.05),
             [dict(), dict(learning_rate_power=-0.3), dict(initial_accumulator_value=0.7), dict(l1_regularization_strength=0.01),
              dict(l2_regularization_strength=0.01), dict(l2_shrinkage_regularization_strength=0.01), dict(beta=0.1),
              dict(l1_regularization_strength=0.01, l2_regularization_strength=0.01, l2_shrinkage_regularization_strength=0.01, beta=0.1)]),
    "Lion": (dict(learning_rate=0.01), [dict(), dict(beta_1=0.5), dict(beta_2=0.0), dict(weight_decay=0.1)]),
    "Lamb": (dict(learning_rate=0.02), [dict(), dict(beta_1=0.0), dict(epsilon=0.1), dict(weight_decay=0.1)]),
    "Adafactor": (dict(learning_rate=0.02),
                  [dict(), dict(relative_step=False), dict(clip_threshold=0.1), dict(beta_2_decay=-0.5), dict(epsilon_1=0.1), dict(epsilon_2=0.5)]),
}
LEGACY = {
    "SGD": (dict(learning_rate=0.05, momentum=0.9),
            [dict(), dict(momentum=0.0), dict(nesterov=True), dict(decay=0.1), dict(clipvalue=0.1), dict(clipnorm=0.1), dict(global_clipnorm=0.1)]),
    "Adam": (dict(learning_rate=0.02),
             [dict(), dict(beta_1=0.0), dict(beta_2=0.0, epsilon=0.1), dict(epsilon=0.1), dict(amsgrad=True), dict(amsgrad=True, beta_1=0.5, beta_2=0.5)]),
    "Adamax": (dict(learning_rate=0.02), [dict(), dict(beta_1=0.0), dict(epsilon=0.1)]),
    "Nadam": (dict(learning_rate=0.02), [dict(), dict(beta_1=0.0), dict(epsilon=0.1)]),
    "Adagrad": (dict(learning_rate=0.05), [dict(), dict(initial_accumulator_value=0.0), dict(initial_accumulator_value=0.7), dict(epsilon=0.1)]),
    "Adadelta": (dict(learning_rate=0.5), [dict(), dict(rho=0.0), dict(epsilon=0.1)]),
    "RMSprop": (dict(learning_rate=0.01),
                [dict(), dict(momentum=0.9), dict(centered=True), dict(centered=True, momentum=0.9), dict(rho=0.5), dict(epsilon=0.1),
                 dict(epsilon=0.1, momentum=0.9), dict(epsilon=0.1, centered=True)]),
    "Ftrl": (dict(learning_rate=0.05),
             [dict(), dict(learning_rate_power=-0.3), dict(initial_accumulator_value=0.7), dict(l1_regularization_strength=0.01),
              dict(l2_regularization_strength=0.01), dict(l2_shrinkage_regularization_strength=0.01), dict(beta=0.1)]),
}


def record(problem, optimizer):
    """One run; the gradients are those of a loss in float64, and go to the optimizer's own apply."""
    keras.backend.clear_session()
    layers = [keras.layers.InputLayer(**{"batch_input_shape" if OLD else "batch_shape": (None, 8)}, name="data"), keras.layers.Dense(3, name="ip1")]
    model = keras.Sequential(layers, name="linear")
    model.set_weights([problem.init["W1"], problem.init["b1"]])
    native = {"model": json.loads(model.to_json()), "optimizer": json.loads(json.dumps(keras.optimizers.serialize(optimizer), default=recordings.plain))}

    if hasattr(optimizer, "build"):  # the legacy ones make their slots at the first update
        optimizer.build(model.trainable_variables)

    # Traced, as compile and fit do: Keras 2's Nadam does something else there.
    @tf.function
    def traced(x, y):
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum((model(x) - y) ** 2) / tf.constant(2 * problem.size, tf.float64)
        variables = model.trainable_variables
        optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))

    def step(x, y, update):
        traced(tf.constant(x), tf.constant(y))

    def weights():
        return dict(zip(("W1", "b1"), model.get_weights()))

    return native, recordings.run(problem, weights, step)


def main():
    problem = recordings.Problem(sys.argv[1], "linear")
    family = "keras2" if OLD else "keras3"
    head = {"framework": family, "framework_version": f"{'tf_' if OLD else ''}keras {keras.__version__} / tensorflow {tf.__version__}",
            "dtype": "float64", "problem": problem.name}
    rooms = [("", keras.optimizers, CASES)] + ([("legacy-", keras.optimizers.legacy, LEGACY)] if OLD else [])
    for prefix, room, cases in rooms:
        for name, (fixed, changes) in cases.items():
            if not hasattr(room, name) or name == "Adafactor" and not OLD:  # Keras 3's Adafactor is not read
                continue
            for change in changes:
                spelled = "-".join(f"{k}-{v}" for k, v in change.items()) or "base"
                case = f"{family}-{prefix}{name.lower()}-{spelled}"
                try:
                    native, result = record(problem, getattr(room, name)(**{**fixed, **change}))
                except Exception as refused:  # what the library itself does not take is no case
                    print(f"{case}: refused: {refused}".splitlines()[0])
                    continue
                note = "legacy hyperparameters are float32 variables" if prefix else "numbers as plain Python floats"
                recordings.write(sys.argv[2], case, head, native, result, f"{note}; changed from the base: {spelled}")


if __name__ == "__main__":
    main()
