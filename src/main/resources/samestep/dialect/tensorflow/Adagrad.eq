# There is no epsilon: the accumulator must not start at zero.
optimizer tensorflow.Adagrad
source tensorflow/core/kernels/training_ops.cc, ApplyAdagrad; python/training/adagrad.py
family adagrad
trait learning rate: outside the state
trait state: starts at initial_accumulator
hyper initial_accumulator from initial_accumulator_value
state a = initial_accumulator
a = a + g * g
w = w - eta * g / sqrt(a)
