"""Writes what Ultralytics does at each update: rate, momentum and decay of each group, images and batches that the update sums.

Needs torch, numpy and ultralytics (8.4.190 was used); what ultralytics imports and does not use here is replaced where it is not installed.
BaseTrainer's own loop runs: _do_train, _build_train_pipeline, build_optimizer, _setup_scheduler and optimizer_step. Replaced are the data,
the model, the validation, the saving, and _setup_train, of which only what the loop needs is left. One line of JSON for each case
goes into the file that the argument names.
"""

import importlib
import json
import os
import pathlib
import sys
import tempfile
from unittest import mock

import torch

os.environ["YOLO_CONFIG_DIR"] = tempfile.mkdtemp()
for name in [
    "cv2", "matplotlib", "matplotlib.pyplot", "matplotlib.font_manager", "psutil", "requests", "polars", "torchvision",
    "torchvision.transforms", "torchvision.ops", "PIL", "PIL.Image", "scipy", "scipy.optimize", "thop", "ultralytics_thop",
]:  # fmt: skip
    try:
        importlib.import_module(name)
    except ImportError:
        sys.modules[name] = mock.MagicMock(__version__="4.0.0", __spec__=mock.MagicMock())
import ultralytics  # noqa: E402
from ultralytics.cfg import get_cfg  # noqa: E402
from ultralytics.engine import trainer as engine  # noqa: E402

GROUP = ("lr", "momentum", "betas", "weight_decay")


class Model(torch.nn.Module):
    """A weight, a norm and biases; its loss is a sum over images, as in ultralytics/utils/loss.py."""

    def __init__(self):
        super().__init__()
        self.first = torch.nn.Linear(2, 3)
        self.bn = torch.nn.BatchNorm1d(3)
        self.model = torch.nn.ModuleList([torch.nn.Linear(3, 1)])
        self.criterion = None

    def forward(self, batch):
        loss = self.model[-1](self.bn(self.first(batch["img"]))).square().sum()
        return loss, {"loss": loss.detach()}


class Loader(list):
    """Batches of a data set, the last one shorter if it has to be."""

    def __init__(self, images, batch):
        x = torch.randn(images, 2)
        super().__init__({"img": part} for part in x.split(batch))
        self.dataset, self.sampler = x, x
        self.batch_size, self.drop_last, self.num_workers = batch, False, 0

    def reset(self):
        pass


class Recorded(engine.BaseTrainer):
    def __init__(self, images, given):
        self.args = get_cfg(overrides={"task": "detect", "val": False, "save": False, "plots": False, "amp": False, **given})
        self.images, self.epochs, self.batch_size = images, self.args.epochs, self.args.batch
        self.world_size, self.start_epoch, self.stride, self.device = 0, 0, 32, torch.device("cpu")
        self.data = {"train": "", "val": "", "nc": 80}
        self.optimizer, self.amp, self.loss_names, self.plot_idx = None, False, ("loss",), []
        self.updates, self.since = [], []
        self.nan_recovery_attempts, self.save_dir, self.test_loader = 0, "", None

    def _setup_train(self):
        self.model = Model()
        self.scaler = torch.amp.GradScaler("cpu", enabled=False)
        self._build_train_pipeline()
        self.nominal = self.accumulate
        self.ema = mock.MagicMock()
        self.stopper, self.stop = engine.EarlyStopping(patience=0), False
        self.validator, self.metrics, self.fitness = None, {}, 0.0
        self.scheduler.last_epoch = self.start_epoch - 1

    def get_dataloader(self, dataset_path, batch_size=16, rank=0, mode="train"):
        return Loader(self.images, batch_size)

    def preprocess_batch(self, batch):
        self.since.append(len(batch["img"]))
        return batch

    def optimizer_step(self):
        groups = {g["param_group"]: {k: g[k] for k in GROUP if k in g} for g in self.optimizer.param_groups if g["params"]}
        self.updates.append({"epoch": self.epoch, "batches": len(self.since), "images": sum(self.since), "groups": groups})
        self.since = []
        super().optimizer_step()

    def nothing(self, *_, **__):
        return None

    run_callbacks = _model_train = _clear_memory = save_metrics = save_model = final_eval = nothing
    _handle_nan_recovery = nothing

    def _get_memory(self):
        return 0.0

    def validate(self):
        return {}, 0.0

    def label_loss_items(self, loss_items=None, prefix="train"):
        return {}

    def progress_string(self):
        return ""


CASES = [
    (64, {"optimizer": "SGD", "batch": 16, "epochs": 6, "warmup_epochs": 3.0}),
    (64, {"optimizer": "SGD", "batch": 16, "epochs": 6, "warmup_epochs": 2.0, "cos_lr": True, "lrf": 0.1}),
    (40, {"optimizer": "SGD", "batch": 8, "nbs": 8, "epochs": 5, "warmup_epochs": 0.0}),
    (40, {"optimizer": "SGD", "batch": 8, "nbs": 8, "epochs": 5, "warmup_epochs": 0.0, "cos_lr": True}),
    (96, {"optimizer": "SGD", "batch": 24, "epochs": 4, "warmup_epochs": 1.0}),
    (256, {"optimizer": "SGD", "batch": 128, "epochs": 4, "warmup_epochs": 1.0}),
    (40, {"optimizer": "SGD", "batch": 16, "nbs": 32, "epochs": 3, "warmup_epochs": 5.0}),
    (64, {"optimizer": "Adam", "batch": 16, "epochs": 4, "warmup_epochs": 1.0, "lr0": 0.001}),
    (64, {"optimizer": "AdamW", "batch": 16, "epochs": 4, "warmup_epochs": 1.0, "lr0": 0.001}),
    (64, {"optimizer": "RMSProp", "batch": 16, "epochs": 4, "warmup_epochs": 1.0}),
    (64, {"optimizer": "auto", "batch": 16, "epochs": 4, "warmup_epochs": 1.0}),
    # Without a warm-up. Updates that begin in one epoch and end in the next; more batches in an update than in an epoch.
    (80, {"optimizer": "SGD", "batch": 16, "epochs": 7, "warmup_epochs": 0.0}),
    (48, {"optimizer": "RMSProp", "batch": 16, "epochs": 9, "warmup_epochs": 0.0, "cos_lr": True, "lrf": 0.2}),
    (96, {"optimizer": "Adam", "batch": 24, "epochs": 4, "warmup_epochs": 0.0, "lr0": 0.001}),
    (128, {"optimizer": "AdamW", "batch": 64, "nbs": 16, "epochs": 3, "warmup_epochs": 0.0, "weight_decay": 0.01}),
    (80, {"optimizer": "NAdam", "batch": 16, "nbs": 40, "epochs": 3, "warmup_epochs": 0.0, "momentum": 0.8}),
    (64, {"optimizer": "RAdam", "batch": 16, "epochs": 3, "warmup_epochs": 0.0}),
    (64, {"optimizer": "Adamax", "batch": 16, "epochs": 3, "warmup_epochs": 0.0, "weight_decay": 0.0}),
]

class Bar:
    """The batches without a bar of progress."""

    def __init__(self, it):
        self.it = it

    def __iter__(self):
        return iter(self.it)

    def set_description(self, _):
        pass


engine.LOGGER.disabled = True
engine.TQDM = lambda batches, total=None: Bar(batches)
lines = []
for images, given in CASES:
    torch.manual_seed(0)
    run = Recorded(images, given)
    run._do_train()
    chosen = type(run.optimizer).__name__
    head = {"ultralytics": ultralytics.__version__, "images": images, "given": given, "optimizer": chosen}
    fixed = {k: v for k, v in run.optimizer.defaults.items() if k in ("nesterov", "alpha", "eps", "dampening")}
    fixed["nesterov"] = all(g.get("nesterov", False) for g in run.optimizer.param_groups)
    lines.append(json.dumps({**head, "fixed": fixed, "accumulate": run.nominal, "left": sum(run.since), "updates": run.updates}))
pathlib.Path(sys.argv[1]).write_text("\n".join(lines) + "\n")
