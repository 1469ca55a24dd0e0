# The mean of the squares starts at one, so that the first updates are smaller than elsewhere.
optimizer tensorflow.RMSProp
source tensorflow/core/kernels/training_ops.cc, ApplyRMSProp and ApplyCenteredRMSProp; python/training/rmsprop.py
family rmsprop
trait learning rate: inside the velocity
trait epsilon: inside the root
trait state: starts at 1
hyper rho from decay
hyper momentum
hyper epsilon
flag centered
state v = 1
state average = 0
state b = 0
v = rho * v + (1 - rho) * g * g
when centered:
    average = rho * average + (1 - rho) * g
    denominator = v - average * average + epsilon
otherwise:
    denominator = v + epsilon
b = momentum * b + eta * g / sqrt(denominator)
w = w - b
