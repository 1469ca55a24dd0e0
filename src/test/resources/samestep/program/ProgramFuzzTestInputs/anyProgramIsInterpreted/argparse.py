"""Options of the command line reach an optimizer through two calls."""
import argparse

import torch
from torch import optim


def make_optimizer(model, lr, weight_decay=1e-4):
    return optim.SGD(model.parameters(), lr=lr, momentum=0.9, weight_decay=2 * weight_decay)


def main(args):
    model = torch.nn.Linear(10, args.classes)
    optimizer = make_optimizer(model, args.lr, weight_decay=args.weight_decay)
    if args.resume:
        optimizer.load_state_dict(torch.load(args.resume))
    scheduler = optim.lr_scheduler.MultiStepLR(optimizer, milestones=[int(x) for x in args.steps.split(",")], gamma=args.gamma)
    for epoch in range(2):
        for batch in load(args.data):
            optimizer.step()
        scheduler.step()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("data")
    parser.add_argument("--lr", "--learning-rate", default=0.1, type=float)
    group = parser.add_argument_group("optimizer")
    group.add_argument("--weight-decay", default="5e-4", type=float)
    group.add_argument("--gamma", default=0.1)
    parser.add_argument("--steps", default="30,60,80")
    parser.add_argument("--resume", default="")
    parser.add_argument("--classes", type=int, required=True)
    main(parser.parse_args())
