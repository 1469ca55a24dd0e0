import functools
import math

from keras.callbacks import LearningRateScheduler
from keras.layers import *
from keras.regularizers import l2


def make_schedule(base, drop=0.5, every=10):
    def schedule(epoch):
        return base * math.pow(drop, math.floor((1 + epoch) / every))
    return schedule


conv = functools.partial(Conv2D, kernel_size=3, kernel_regularizer=l2(5e-4))
x = conv(64)(Input((32, 32, 3)))
y = conv(128, kernel_size=1)(x)
callback = LearningRateScheduler(make_schedule(0.1))


def deco(f):
    @functools.wraps(f)
    def wrapper(*args, **kwargs):
        return f(*args, **kwargs) + 1
    return wrapper


@deco
def two(x=1):
    return x + x


four = (lambda a, *rest, b=1: a + sum(rest) + b)(1, 1, 1)
counter = 0


def bump():
    global counter
    counter += 1


bump()
bump()
three = two()
