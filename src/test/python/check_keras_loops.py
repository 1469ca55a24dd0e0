"""Holds what Samestep reads of training loops with a tape against the real Keras. Optional: needs tensorflow and keras 3.

Runs each fixtures/programs/keras/tape_*/main.py. Its inputs are zeros, so that the loss of the data gives the kernel of the
first layer no gradient: what is left, divided by the kernel, is the decay, which must be what expected.txt says.

    python src/test/python/check_keras_loops.py
"""

import os
import pathlib
import re
import runpy
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import keras  # noqa: E402
import numpy as np  # noqa: E402

FIXTURES = pathlib.Path(__file__).resolve().parents[3] / "fixtures/programs/keras"
SEEN = []
APPLY = keras.optimizers.SGD.apply_gradients


def apply_gradients(self, pairs, *args, **kwargs):
    pairs = list(pairs)
    for gradient, variable in pairs:
        SEEN.append((variable.path, gradient, keras.ops.convert_to_tensor(variable) + 0.0))
    return APPLY(self, pairs, *args, **kwargs)


def decay_of(gradient, kernel):
    return float(np.median(np.asarray(gradient) / np.asarray(kernel)))


def expected(folder):
    """The decay of the kernel fc as read; none where it is said to be unknown."""
    text = (folder / "expected.txt").read_text().split("$ translate check")[0]
    if "[SS045]" in text:
        return None
    row = next(line for line in text.splitlines() if re.match(r"\s+fc (kernel|parameter)|\s+fc kernel", line))
    found = re.search(r"g \+ (\S+) \* w", row)
    return float(found.group(1)) if found else 0.0


def main():
    keras.optimizers.SGD.apply_gradients = apply_gradients
    keras.config.disable_traceback_filtering()
    import tensorflow as tf

    tf.config.run_functions_eagerly(True)
    failed = 0
    for folder in sorted(FIXTURES.glob("tape_*")):
        SEEN.clear()
        keras.utils.clear_session()
        runpy.run_path(str(folder / "main.py"), run_name="__main__")
        measured = [decay_of(g, w) for path, g, w in SEEN if path.endswith("fc/kernel")]
        read = expected(folder)
        if read is None:
            print(f"{folder.name}: said to be unknown; Keras decays by {measured[-1]:.6g}")
        elif np.isclose(read, measured[-1], rtol=1e-3, atol=1e-7):
            print(f"{folder.name}: {read:g}, as Keras")
        else:
            failed += 1
            print(f"{folder.name}: read {read:g}, Keras decays by {measured[-1]:.6g}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
