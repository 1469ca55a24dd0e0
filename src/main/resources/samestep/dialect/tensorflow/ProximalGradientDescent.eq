# The penalties are the optimizer's own, and implicit: the weight after the step is what is shrunk.
optimizer tensorflow.ProximalGradientDescent
source tensorflow/core/kernels/training_ops.cc, ApplyProximalGradientDescent; python/training/proximal_gradient_descent.py
family proximal gradient descent
trait learning rate: outside the state
hyper l1 from l1_regularization_strength
hyper l2 from l2_regularization_strength
p = w - eta * g
w = sign(p) * max(abs(p) - eta * l1, 0) / (1 + eta * l2)
