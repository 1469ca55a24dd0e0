# Without momentum epsilon stands outside the root; with momentum another kernel is used, which has it inside.
optimizer keras.RMSpropLegacy
source keras/src/optimizers/legacy/rmsprop.py of 2.15; keras/optimizers.py of 2.3
family rmsprop
trait learning rate: inside the velocity
trait epsilon: outside the root, inside with momentum
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
    spread = v - average * average
otherwise:
    spread = v
root = where(momentum > 0, sqrt(spread + epsilon), sqrt(spread) + epsilon)
b = momentum * b + eta * g / root
w = w - b
