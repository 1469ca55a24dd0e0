# The momentum's buffer carries the learning rate.
optimizer keras.RMSprop
source keras/src/optimizers/rmsprop.py, RMSprop.update_step
family rmsprop
trait learning rate: inside the velocity
trait epsilon: inside the root
trait state: starts at 0
hyper rho
hyper momentum
hyper epsilon
flag centered
state v = 0
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
