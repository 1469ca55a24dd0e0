"""Records what TensorFlow's Model Garden and Object Detection API do to the weights: their own optimizers and schedules, taken from
a checkout of tensorflow/models (2021-07), run by TensorFlow 2.15 with tf.keras.optimizers.legacy.

pip: tensorflow-cpu==2.15.1 tf-slim==1.1.0 gin-config absl-py
usage: record_tensorflow.py MODELS PROBLEMS OUT
"""
import importlib.util
import json
import os
import sys
import types

os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
import numpy as np
import tensorflow as tf

SNAPSHOTS = (0, 1, 2, 3, 5, 10, 20, 50, 100)
MODELS, PROBLEMS, OUT = sys.argv[1:4]
LEGACY = tf.keras.optimizers.legacy
# What the Garden's classes extend is that of the TensorFlow of their time.
tf.keras.optimizers.Optimizer = LEGACY.Optimizer
tf.keras.optimizers.Adam = LEGACY.Adam


def load(path, **stubs):
    """A file of the checkout as a module; what it imports and does not need here is empty."""
    for name, module in stubs.items():
        sys.modules[name.replace("__", ".")] = module
    spec = importlib.util.spec_from_file_location(os.path.basename(path)[:-3], os.path.join(MODELS, path))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Problem:
    def __init__(self):
        with open(PROBLEMS) as f:
            d = json.load(f)["mlp"]
        self.x = np.array(d["x"])
        self.labels = np.array(d["labels"])
        self.batch = d["batch_size"]
        self.variables = []
        for key, name in (("W1", "ip1/kernel"), ("b1", "ip1/bias"), ("W2", "ip2/kernel"), ("b2", "ip2/bias")):
            self.variables.append(tf.Variable(np.array(d["init"][key]), name=name, dtype=tf.float64))

    def loss(self, step):
        start = self.batch * (step % (len(self.x) // self.batch))
        x, y = self.x[start:start + self.batch], self.labels[start:start + self.batch]
        w1, b1, w2, b2 = self.variables
        z = tf.tanh(x @ w1 + b1) @ w2 + b2
        return tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=z))

    def weights(self):
        return {k: [float(v) for v in w.numpy().reshape(-1)] for k, w in zip(("W1", "b1", "W2", "b2"), self.variables)}


def record(name, key, text, optimizer, notes, penalty=0.0, clip=None, before=lambda step: None):
    """penalty: what Keras' L2 is given, on kernels; clip: gradients to gradients."""
    problem, losses, snapshots = Problem(), [], []
    for step in range(101):
        if step in SNAPSHOTS:
            snapshots.append({"step": step, **problem.weights()})
        if step == 100:
            break
        before(step)
        with tf.GradientTape() as tape:
            data = problem.loss(step)
            regularizer = tf.keras.regularizers.L2(penalty)
            regularizer.l2 = np.float64(penalty)
            total = data + sum(regularizer(v) for v in problem.variables if "kernel" in v.name)
        if step < 10:
            losses.append(float(data))
        gradients = tape.gradient(total, problem.variables)
        if clip:
            gradients = clip(gradients)
        optimizer.apply_gradients(zip(gradients, problem.variables))
    recording = {
        "framework": "tf2", "framework_version": "tensorflow " + tf.__version__ + ", tensorflow/models of 2021-07",
        "dtype": "float64", "problem": "mlp", "native": {key: text}, "notes": notes, "hyperparameters": "float32",
        "losses": losses, "snapshots": snapshots}
    with open(os.path.join(OUT, "tf2-" + name + ".json"), "w") as f:
        json.dump(recording, f, separators=(",", ":"))
    print(name, snapshots[-1]["b2"])


def garden():
    lars = load("official/modeling/optimization/lars_optimizer.py")
    schedules = load("official/modeling/optimization/lr_schedule.py")
    addons = types.ModuleType("tensorflow_addons")
    addons.optimizers = types.ModuleType("tensorflow_addons.optimizers")
    nlp = load("official/nlp/optimization.py", tensorflow_addons=addons,
               tensorflow_addons__optimizers=addons.optimizers)
    form = "task: {losses: {l2_weight_decay: %s}}\ntrainer: {optimizer_config: {optimizer: {%s}, learning_rate: {%s}%s}}\n"
    constant = "type: constant, constant: {learning_rate: %s}"
    for nesterov in (False, True):
        record("garden-lars" + ("-nesterov" if nesterov else ""), "experiment_yaml",
               form % ("0.0", "type: lars, lars: {momentum: 0.9, eeta: 0.02, weight_decay_rate: 0.05, nesterov: %s, "
                       "exclude_from_weight_decay: ['bias']}" % str(nesterov).lower(), constant % "0.5", ""),
               lars.LARS(learning_rate=0.5, momentum=0.9, eeta=0.02, weight_decay_rate=0.05, nesterov=nesterov,
                         exclude_from_weight_decay=["bias"]),
               "the rate is a float32 variable; the other numbers are Python's own")
    record("garden-adamw", "experiment_yaml",
           form % ("0.0", "type: adamw, adamw: {weight_decay_rate: 0.0625, epsilon: 0.0001, gradient_clip_norm: 0.3, "
                   "exclude_from_weight_decay: ['bias']}", constant % "0.01", ""),
           nlp.AdamWeightDecay(learning_rate=0.01, epsilon=1e-4, weight_decay_rate=np.float64(0.0625), gradient_clip_norm=0.3,
                               exclude_from_weight_decay=["bias"]),
           "clips all gradients together, decays by rate * 0.0625, then Adam; float32 hyper-parameters")
    record("garden-sgd-l2", "experiment_yaml",
           form % ("0.05", "type: sgd, sgd: {momentum: 0.9}", constant % "0.05", ""),
           LEGACY.SGD(0.05, momentum=0.9), "Keras' L2 gets half of l2_weight_decay; float32 hyper-parameters", penalty=0.025)
    stepwise = schedules.PiecewiseConstantDecayWithOffset(boundaries=[30, 60], values=[0.05, 0.02, 0.01], offset=0)
    record("garden-sgd-warmup-stepwise-f32sched", "experiment_yaml",
           form % ("0.05", "type: sgd, sgd: {momentum: 0.9, nesterov: true}",
                   "type: stepwise, stepwise: {boundaries: [30, 60], values: [0.05, 0.02, 0.01]}",
                   ", warmup: {type: linear, linear: {warmup_learning_rate: 0.01, warmup_steps: 10}}"),
           LEGACY.SGD(schedules.LinearWarmup(stepwise, 10, 0.01), momentum=0.9, nesterov=True),
           "the warm-up replaces the beginning; a schedule in float32", penalty=0.025)
    cosine = schedules.CosineDecayWithOffset(initial_learning_rate=0.05, decay_steps=80, alpha=0.1, offset=5)
    record("garden-sgd-polynomial-warmup-cosine-offset-f32sched", "experiment_yaml",
           form % ("0.0", "type: sgd, sgd: {momentum: 0.9}",
                   "type: cosine, cosine: {initial_learning_rate: 0.05, decay_steps: 80, alpha: 0.1, offset: 5}",
                   ", warmup: {type: polynomial, polynomial: {power: 2, warmup_steps: 10}}"),
           LEGACY.SGD(schedules.PolynomialWarmUp(cosine, 10, 2.0), momentum=0.9),
           "the cosine has run for five steps when the warm-up ends; a schedule in float32")


def single(value):
    """A number as a float field of a proto has it."""
    return float(np.float32(value))


def pipelines():
    """The optimizers that build_optimizers_tf_v2 makes, with the schedules of utils/learning_schedules.py."""
    rates = load("research/object_detection/utils/learning_schedules.py")
    step = tf.Variable(0, dtype=tf.int64)
    model = ("model { ssd { feature_extractor { conv_hyperparams { regularizer { l2_regularizer { weight: %s } } } } } }\n"
             "train_config { fine_tune_checkpoint_version: V2 %s optimizer { use_moving_average: false %s } }\n")
    rate = "learning_rate { %s }"
    record("pipeline-momentum-cosine-f32sched", "pipeline_config",
           model % ("0.05", "gradient_clipping_by_norm: 0.5", "momentum_optimizer { momentum_optimizer_value: 0.8 " + rate
                    % ("cosine_decay_learning_rate { learning_rate_base: 0.05 total_steps: 90 warmup_learning_rate: 0.01 "
                       "warmup_steps: 10 hold_base_rate_steps: 5 }") + " }"),
           LEGACY.SGD(rates.cosine_decay_with_warmup(step, 0.05, 90, 0.01, 10, 5), momentum=0.8),
           "the l2 that Keras gets is half of the weight; all gradients are clipped together; a schedule in float32",
           penalty=0.5 * single(0.05), clip=lambda g: tf.clip_by_global_norm(g, 0.5)[0], before=step.assign)
    record("pipeline-momentum-steps-f32sched", "pipeline_config",
           model % ("0.0", "", "momentum_optimizer { " + rate
                    % ("manual_step_learning_rate { initial_learning_rate: 0.01 schedule { step: 10 learning_rate: 0.05 } "
                       "schedule { step: 50 learning_rate: 0.02 } warmup: true }") + " }"),
           LEGACY.SGD(rates.manual_stepping(step, [10, 50], [0.01, 0.05, 0.02], True), momentum=0.9),
           "a schedule in float32", before=step.assign)
    record("pipeline-momentum-burnin-f32sched", "pipeline_config",
           model % ("0.0", "", "momentum_optimizer { " + rate
                    % ("exponential_decay_learning_rate { initial_learning_rate: 0.05 decay_steps: 10 decay_factor: 0.8 "
                       "staircase: false burnin_learning_rate: 0.01 burnin_steps: 7 }") + " }"),
           LEGACY.SGD(rates.exponential_decay_with_burnin(step, 0.05, 10, 0.8, 0.01, 7, 0.0, False), momentum=0.9),
           "a schedule in float32", before=step.assign)
    record("pipeline-rmsprop-decay-f32sched", "pipeline_config",
           model % ("0.05", "", "rms_prop_optimizer { decay: 0.9 epsilon: 0.01 " + rate
                    % "constant_learning_rate { learning_rate: 0.05 }" + " }"),
           LEGACY.RMSprop(0.05, decay=0.9, momentum=0.9, epsilon=single(0.01)),
           "decay is the learning rate's, and rho stays 0.9", penalty=0.5 * single(0.05))
    record("pipeline-adam", "pipeline_config",
           model % ("0.05", "", "adam_optimizer { epsilon: 0.0001 " + rate
                    % "constant_learning_rate { learning_rate: 0.01 }" + " }"),
           LEGACY.Adam(0.01, epsilon=single(1e-4)), "float32 hyper-parameters", penalty=0.5 * single(0.05))


if __name__ == "__main__":
    garden()
    pipelines()
