optimizer tensorflow.Adadelta
source tensorflow/core/kernels/training_ops.cc, ApplyAdadelta; python/training/adadelta.py
family adadelta
trait learning rate: outside the state
trait epsilon: inside both roots
trait state: starts at 0
hyper rho
hyper epsilon
state a = 0
state u = 0
a = rho * a + (1 - rho) * g * g
d = g * sqrt(u + epsilon) / sqrt(a + epsilon)
u = rho * u + (1 - rho) * d * d
w = w - eta * d
