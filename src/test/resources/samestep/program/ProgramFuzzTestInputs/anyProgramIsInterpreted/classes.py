from dataclasses import dataclass, field

import torch
import torch.nn as nn


@dataclass
class Config:
    lr: float = 0.1
    wd: float = 5e-4
    steps: list = field(default_factory=lambda: [30, 60])
    name: str = "sgd"

    def __post_init__(self):
        self.warm = self.lr / 10


class Base(nn.Module):
    decay = 1e-4

    def __init__(self, width=64):
        super().__init__()
        self.width = width
        self.build()

    def build(self):
        raise NotImplementedError

    @property
    def double(self):
        return self.width * 2

    @staticmethod
    def scale(x):
        return x / 2

    @classmethod
    def make(cls, *args, **kwargs):
        return cls(*args, **kwargs)


class Net(Base):
    def __init__(self, depth, **kwargs):
        super(Net, self).__init__(**kwargs)
        self.depth = depth

    def build(self):
        self.layers = nn.ModuleList()
        for i in range(2):
            self.layers.append(nn.Linear(self.width, self.double))

    def optimizer(self, config):
        return torch.optim.AdamW(self.parameters(), lr=config.lr, weight_decay=self.scale(self.decay))


class Never:
    def train(self, lr=0.5):
        torch.optim.Rprop(None, lr)


config = Config(wd=1e-3)
net = Net.make(3, width=32)
optimizer = net.optimizer(config)
total = config.warm + net.double
