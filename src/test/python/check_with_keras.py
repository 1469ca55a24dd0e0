"""Holds what Samestep writes for Keras against the real Keras 3.

For each recording of Caffe (solver and net as text, and the weights that Caffe reached with them) this

- runs `translate SOLVER --net NET --to keras` twice, for JSON and with `--as python`,
- loads the JSON with keras.optimizers.deserialize and the layers' constructors, executes the Python text, and compares
  the two optimizers and the layers' arguments, unless the Python text defines classes of its own,
- puts the same into a plain model with `--onto`, loads that with keras.models.model_from_json, and compares again,
- trains the recording's problem in float64 with the optimizer and the layers of the JSON, and compares the weights with
  those recorded, and with those of Samestep's own trainer, which computes as Keras does (--trainer-tolerance),
- trains with the Python text too where it defines classes.

What the tool calls the same training (exit code 0) must agree. With the numbers as written, 1e-9 to 1e-5 remain
(--tolerance): Caffe keeps the numbers of a solver in float32, Keras those written, of which it rounds some to float32
itself. So all is trained a second time with every number of the JSON rounded to float32, as Caffe rounded it; what
remains then is not rounding, and --exact-tolerance must hold. Keras computes its schedules in float32 whatever the
weights are; there it is --schedule-tolerance. Trainings that the tool does not call the same are shown, not judged.

With --keras-version 2.15 or tf.keras it does so, but for --onto, for what is written for Keras 2.15 and for its legacy
optimizers, and is to be run where keras==2.15.0 is installed.

Needs, from PyPI, keras==3.15.1 (others of Keras 3 should do), numpy and tensorflow-cpu. No other backend will do:
there Keras' own type promotion makes float64 float32, so that all is off by some 1e-7. To run it:

    python check_with_keras.py TRANSLATE RECORDINGS PROBLEMS

TRANSLATE is the launcher, RECORDINGS the folder of caffe-*.json, PROBLEMS the file with the data and the initial
weights. It takes some three minutes. Exits with 1 for a disagreement or something that does not load, else with 0.
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tensorflow

BATCH = 8
# In the order of the layers and of their get_weights.
WEIGHTS = {"linear": ["W1", "b1"], "mlp": ["W1", "b1", "W2", "b2"]}
REGULARIZERS = ("kernel_regularizer", "bias_regularizer")


def translate(launcher, recording, folder, *options):
    """Exit code and standard output of the tool; RuntimeError, with what it said, when it wrote nothing."""
    for part in ("solver", "net"):
        (folder / f"{part}.prototxt").write_text(recording["native"][f"{part}_prototxt"])
    return samestep(launcher, folder / "solver.prototxt", "--net", folder / "net.prototxt", *options)


def samestep(launcher, *arguments):
    """Exit code and standard output of the tool; RuntimeError, with what it said, when it wrote nothing."""
    command = [launcher, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1) or not done.stdout:
        raise RuntimeError(f"translate exits with {done.returncode}: {done.stderr.strip()}")
    return done.returncode, done.stdout


def load(text):
    """The optimizer and the layers' arguments of the JSON."""
    port = json.loads(text)
    return keras.optimizers.deserialize(port["optimizer"]), port["layers"]


def executed(text):
    """The optimizer and the layers' arguments of the Python text."""
    keras.saving.get_custom_objects().clear()
    names = {"__name__": "port"}
    exec(compile(text, "port.py", "exec"), names)  # pylint: disable=exec-used
    return names["optimizer"], names["layers"]


def loaded_model(text):
    """The optimizer and the layers' arguments of a model's JSON."""
    optimizer = keras.optimizers.deserialize(json.loads(text)["compile_config"]["optimizer"])
    model = keras.models.model_from_json(text, {"half_squares": half_squares})
    layers = {}
    for layer in model.layers:
        config = layer.get_config()
        layers[layer.name] = {key: config[key] for key in ("trainable", *REGULARIZERS)}
    return optimizer, layers


def rounded(text):
    """The JSON with every number rounded to float32."""
    return json.dumps(json.loads(text, parse_float=lambda number: float(np.float32(number))))


def described(optimizer, layers):
    """Optimizer and layers as plain data, without the names that Keras makes up."""
    config = keras.optimizers.serialize(optimizer)
    for made_up in (config["config"], config["config"]["learning_rate"]):
        if isinstance(made_up, dict):
            made_up.pop("name", None)
            made_up.get("config", {}).pop("name", None)
    built = {}
    for name, arguments in layers.items():
        layer = keras.layers.Dense(1, **arguments).get_config()
        built[name] = {key: layer[key] for key in ("trainable", *REGULARIZERS)}
    return json.loads(json.dumps({"optimizer": config, "layers": built}))


def half_squares(target, output):
    """EuclideanLoss of Caffe."""
    return tensorflow.reduce_sum(tensorflow.square(output - target)) / (2 * BATCH)


def model_of(problem_name, problem, optimizer, layers):
    """The net of a problem with its initial weights, ready for training."""
    initial = [np.array(problem["init"][name], dtype="float64") for name in WEIGHTS[problem_name]]
    last = len(initial) // 2
    net = [keras.Input((len(problem["x"][0]),))]
    for number in range(1, last + 1):
        name = f"ip{number}"
        net.append(
            keras.layers.Dense(
                initial[2 * number - 1].size,
                activation=None if number == last else "tanh",
                name=name,
                **layers[name],
            )
        )
    model = keras.Sequential(net)
    # Not model.set_weights: Keras sorts what is frozen to the end.
    for number, layer in enumerate(model.layers):
        layer.set_weights([initial[2 * number].reshape(layer.kernel.shape), initial[2 * number + 1]])
    loss = half_squares
    if problem_name == "mlp":
        loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(optimizer=optimizer, loss=loss)
    return model


def plain_model(problem_name, problem):
    """JSON of the problem's model as somebody has it who knows nothing of penalties yet."""
    optimizer = keras.optimizers.SGD(0.5, momentum=0.5, nesterov=True, clipnorm=3.0)
    arguments = {f"ip{number}": {"kernel_regularizer": "l2"} for number in (1, 2)}
    return json.dumps(json.loads(model_of(problem_name, problem, optimizer, arguments).to_json()), indent=1)


def trainer_deviation(launcher, text, problem_name, trained, micro_steps):
    """The largest difference of a weight from what the tool's own trainer reaches with the same text."""
    steps = ",".join(str(update * micro_steps) for update in trained)
    with tempfile.TemporaryDirectory() as folder:
        port = pathlib.Path(folder) / "port.json"
        port.write_text(text)
        _, output = samestep(launcher, "train", port, "--problem", problem_name,
                             "--steps", str(100 * micro_steps), "--snapshots", steps)
    worst = 0.0
    for snapshot in json.loads(output)["snapshots"]:
        for of in WEIGHTS[problem_name]:
            worst = max(worst, float(np.max(np.abs(trained[snapshot["step"] // micro_steps][of] - np.array(snapshot[of])))))
    return worst


def deviation(recording, problems, load_text, trained=None):
    """The largest difference of a weight from the recorded one, over all snapshots; fills in what was reached."""
    keras.backend.clear_session()
    name = recording["problem"]
    problem = problems[name]
    inputs = np.array(problem["x"], dtype="float64")
    targets = np.array(problem["target"], dtype="float64") if name == "linear" else np.array(problem["labels"])
    optimizer, layers = load_text()
    model = model_of(name, problem, optimizer, layers)
    micro_steps = getattr(optimizer, "gradient_accumulation_steps", None) or 1
    snapshots = {snapshot["step"]: snapshot for snapshot in recording["snapshots"]}
    worst = 0.0
    batch = 0
    for update in range(1, max(snapshots) + 1):
        for _ in range(micro_steps):
            rows = slice(batch * BATCH, (batch + 1) * BATCH)
            model.train_on_batch(inputs[rows], targets[rows])
            batch = (batch + 1) % (len(inputs) // BATCH)
        if update in snapshots:
            reached = [weight for layer in model.layers for weight in layer.get_weights()]
            for weight, of in zip(reached, WEIGHTS[name]):
                if weight.dtype != np.float64:
                    raise RuntimeError(f"{of} is {weight.dtype}, not float64")
                if trained is not None:
                    trained.setdefault(update, {})[of] = weight.reshape(-1)
                worst = max(worst, float(np.max(np.abs(weight.reshape(-1) - snapshots[update][of]))))
    # NaN compares as no disagreement.
    return worst if all(np.isfinite(weight).all() for weight in reached) else float("inf")


def check(launcher, path, problems, tolerances):
    """The line of the table for one recording, and whether it is as it should be."""
    recording = json.loads(path.read_text())
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        version = ("--to", "keras", "--keras-version", tolerances.keras_version)
        exit_code, text = translate(launcher, recording, folder, *version)
        python_exit_code, python = translate(launcher, recording, folder, *version, "--as", "python")
        onto = None
        if tolerances.keras_version == "3":  # Keras 2's to_json has no optimizer.
            plain = folder / "plain.json"
            plain.write_text(plain_model(recording["problem"], problems[recording["problem"]]))
            _, onto = translate(launcher, recording, folder, "--onto", plain)
    own_classes = "\nclass " in python
    if not own_classes and python_exit_code != exit_code:
        raise RuntimeError(f"exit code {exit_code} for JSON, {python_exit_code} for Python")
    if not own_classes and described(*load(text)) != described(*executed(python)):
        raise RuntimeError("the Python text is not the same as the JSON")
    if onto and described(*load(text)) != described(*loaded_model(onto)):
        raise RuntimeError("the changed model is not the same as the JSON")

    trained = {}
    as_written = deviation(recording, problems, lambda: load(text), trained)
    as_float32 = deviation(recording, problems, lambda: load(rounded(text)))
    config = json.loads(text)["optimizer"]["config"]
    micro_steps = config.get("gradient_accumulation_steps", 1)
    trainer = trainer_deviation(launcher, text, recording["problem"], trained, micro_steps)
    python_too = ""
    if own_classes:
        by_python = deviation(recording, problems, lambda: executed(python))
        python_too = f"  Python: exit {python_exit_code}, {by_python:.1e}"
        if python_exit_code == 0 and by_python > tolerances.tolerance:
            return f"{python_too} DISAGREES", False
    scheduled = isinstance(config["learning_rate"], dict)
    exact = tolerances.schedule_tolerance if scheduled else tolerances.exact_tolerance
    same = as_written <= tolerances.tolerance and as_float32 <= exact
    if exit_code != 0:
        verdict, good = "not called the same", True
    else:
        verdict, good = ("agrees", True) if same else ("DISAGREES", False)
    schedule = "yes" if scheduled else ""
    if trainer > (tolerances.schedule_tolerance if scheduled else tolerances.trainer_tolerance):
        verdict, good = "THE TRAINER DISAGREES", False
    line = f"{exit_code:4}  {as_written:10.1e}  {as_float32:10.1e}  {trainer:7.1e}  {schedule:8}  {verdict}{python_too}"
    return line, good


def main():
    """Prints the table; the number of failures decides the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("translate", type=pathlib.Path, help="the launcher")
    parser.add_argument("recordings", type=pathlib.Path, help="folder of recordings, caffe-*.json")
    parser.add_argument("problems", type=pathlib.Path, help="the problems' data and initial weights")
    parser.add_argument("--tolerance", type=float, default=2e-5)
    parser.add_argument("--exact-tolerance", type=float, default=1e-9)
    parser.add_argument("--schedule-tolerance", type=float, default=1e-7)
    parser.add_argument("--trainer-tolerance", type=float, default=1e-9)
    parser.add_argument("--keras-version", default="3", choices=["tf.keras", "2.15", "3"], help="what is written")
    parser.add_argument("--only", default="", help="recordings whose name contains this")
    arguments = parser.parse_args()

    keras.backend.set_floatx("float64")
    problems = json.loads(arguments.problems.read_text())
    paths = sorted(path for path in arguments.recordings.glob("caffe-*.json") if arguments.only in path.stem)
    if not paths:
        parser.error(f"no caffe-*{arguments.only}*.json in {arguments.recordings}")
    width = max(len(path.stem) for path in paths)
    print(f"keras {keras.__version__}, {keras.backend.backend()}; largest deviation of a weight from Caffe's")
    print(f"{'recording':{width}}  exit  as written  as float32  trainer  schedule")
    failures = 0
    for path in paths:
        try:
            line, good = check(arguments.translate.resolve(), path, problems, arguments)
        except Exception as error:  # pylint: disable=broad-exception-caught
            line, good = f"FAILS: {type(error).__name__}: {error}", False
        failures += not good
        print(f"{path.stem:{width}}  {line}", flush=True)
    print(f"{len(paths)} recordings, {failures} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
