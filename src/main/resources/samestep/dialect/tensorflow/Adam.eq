# The epsilon is epsilon-hat: outside the root, added before the bias correction.
optimizer tensorflow.Adam
source tensorflow/core/kernels/training_ops.cc, ApplyAdam; python/training/adam.py
family adam
trait learning rate: outside the state
trait epsilon: outside the root, before the bias correction
trait state: starts at 0
hyper beta1
hyper beta2
hyper epsilon
state m = 0
state v = 0
m = beta1 * m + (1 - beta1) * g
v = beta2 * v + (1 - beta2) * g * g
w = w - eta * sqrt(1 - pow(beta2, k)) / (1 - pow(beta1, k)) * m / (sqrt(v) + epsilon)
