"""Runs programs that Samestep changed, in the real Keras and PyTorch: they decay as their source says. Optional.

Takes fixtures/programs/onto/{keras,notebook,torch}: expected.* is main.* with the numbers of source.*.

    python src/test/python/check_changed_programs.py
"""

import json
import os
import pathlib
import runpy
import subprocess
import sys
import tempfile

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import keras  # noqa: E402
import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402

CASES = pathlib.Path(__file__).resolve().parents[3] / "fixtures/programs/onto"
SOLVER = 0.0005


def coefficient(model, kernel):
    """What model.losses adds to the gradient of a kernel, over the kernel."""
    with tf.GradientTape() as tape:
        total = tf.add_n(model.losses)
    return float(np.median(np.asarray(tape.gradient(total, kernel.value)) / np.asarray(kernel)))


def keras_program(path):
    keras.Model.fit = lambda self, *args, **kwargs: None
    keras.utils.clear_session()
    scope = runpy.run_path(str(path), run_name="__main__")
    model = scope["model"]
    model.build((None, 28, 28, 1))
    return [coefficient(model, v) for v in model.trainable_variables if v.path.endswith("kernel")]


def notebook(path):
    cells = json.loads(path.read_text())["cells"]
    code = ["".join(c["source"]) for c in cells if c["cell_type"] == "code"]
    lines = [line for line in "\n".join(code).splitlines() if not line.startswith("%")]
    with tempfile.NamedTemporaryFile("w", suffix=".py", delete=False) as file:
        file.write("\n".join(lines))
    return keras_program(file.name)


def torch_program(path):
    """In a process of its own: TensorFlow and PyTorch do not always load together."""
    code = (
        "import json, runpy, sys; groups = runpy.run_path(sys.argv[1], run_name='__main__')['optimizer'].param_groups;"
        "print(json.dumps([[g['lr'], g['momentum'], g['weight_decay']] for g in groups]))"
    )
    out = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True).stdout
    groups = json.loads(out.splitlines()[-1])
    assert [group[:2] for group in groups] == [[0.01, 0.9]], groups
    return [group[2] for group in groups]


def main():
    failed = 0
    for name, found in (
        ("keras", keras_program(CASES / "keras/expected.py")),
        ("notebook", notebook(CASES / "notebook/expected.ipynb")),
        ("torch", torch_program(CASES / "torch/expected.py")),
    ):
        right = bool(found) and np.allclose(found, SOLVER, rtol=1e-4)
        failed += not right
        print(f"{name}: {'decays as the source' if right else 'WRONG'}: {found}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
