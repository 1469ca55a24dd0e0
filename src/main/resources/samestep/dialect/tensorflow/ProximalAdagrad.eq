# The penalties are implicit, as in proximal gradient descent, with the rate of each entry: the kernel's, where the
# operation's documentation says the learning rate.
optimizer tensorflow.ProximalAdagrad
source tensorflow/core/kernels/training_ops.cc, ApplyProximalAdagrad; python/training/proximal_adagrad.py
family proximal adagrad
trait learning rate: outside the state
trait state: starts at initial_accumulator
hyper initial_accumulator from initial_accumulator_value
hyper l1 from l1_regularization_strength
hyper l2 from l2_regularization_strength
state a = initial_accumulator
a = a + g * g
rate = eta / sqrt(a)
p = w - rate * g
w = sign(p) * max(abs(p) - rate * l1, 0) / (1 + rate * l2)
