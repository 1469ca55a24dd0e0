# The velocity carries the learning rate, as Caffe's does, with the sign turned round.
optimizer keras.SGD
source keras/src/optimizers/sgd.py, SGD.update_step
family momentum
trait learning rate: inside the velocity
trait state: starts at 0
hyper momentum
flag nesterov
state m = 0
m = f32(momentum) * m - eta * g
when nesterov:
    w = w + f32(momentum) * m - eta * g
otherwise:
    w = w + m
