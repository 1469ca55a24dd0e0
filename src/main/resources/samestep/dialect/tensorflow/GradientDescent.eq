optimizer tensorflow.GradientDescent
source tensorflow/core/kernels/training_ops.cc, ApplyGradientDescent; python/training/gradient_descent.py
family momentum
trait learning rate: outside the state
w = w - eta * g
