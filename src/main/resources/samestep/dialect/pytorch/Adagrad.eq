# The rate falls by itself, with the number of the update.
optimizer pytorch.Adagrad
source torch/optim/adagrad.py, _single_tensor_adagrad
family adagrad
trait learning rate: outside the state
trait epsilon: outside the root
trait state: starts at initial_accumulator
hyper lr_decay
hyper epsilon from eps
hyper initial_accumulator from initial_accumulator_value
state h = initial_accumulator
h = h + g * g
w = w - eta / (1 + t * lr_decay) * g / (sqrt(h) + epsilon)
