# Epsilon stands outside the root, where the newer optimizer has it inside.
optimizer keras.AdagradLegacy
source keras/src/optimizers/legacy/adagrad.py of 2.15, the kernel ResourceApplyAdagradV2; keras/optimizers.py of 2.3
family adagrad
trait learning rate: outside the state
trait epsilon: outside the root
trait state: starts at initial_accumulator
hyper initial_accumulator from initial_accumulator_value
hyper epsilon
state a = initial_accumulator
a = a + g * g
w = w - eta * g / (sqrt(a) + epsilon)
