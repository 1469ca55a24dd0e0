# MomentumOptimizer with a rate of 1, given gradients times the learning rate: the velocity carries the rate, as Caffe's and
# Keras' do. It is what a program says that must take their steps while the rate changes.
optimizer tensorflow.MomentumOfRates
source tensorflow/core/kernels/training_ops.cc, ApplyMomentum with lr = 1 and grad = rate * g
family momentum
trait learning rate: inside the velocity
trait state: starts at 0
hyper momentum
flag nesterov from use_nesterov
state a = 0
a = momentum * a + eta * g
when nesterov:
    w = w - eta * g - momentum * a
otherwise:
    w = w - a
