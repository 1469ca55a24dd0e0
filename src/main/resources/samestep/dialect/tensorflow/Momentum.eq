# The rate stands outside the velocity: a drop acts at once on all of it, unlike in Keras and Caffe.
optimizer tensorflow.Momentum
source tensorflow/core/kernels/training_ops.cc, ApplyMomentum; python/training/momentum.py
family momentum
trait learning rate: outside the state
trait state: starts at 0
hyper momentum
flag nesterov from use_nesterov
state a = 0
a = momentum * a + g
when nesterov:
    w = w - eta * g - eta * momentum * a
otherwise:
    w = w - eta * a
