# As TensorFlow has it: the mean square starts at one, the epsilon stands in the root, and the buffer carries the learning rate
# unless it is told otherwise.
optimizer pytorch.RMSpropTF
source timm/optim/rmsprop_tf.py, _single_tensor_rmsprop_tf
family rmsprop
hyper rho from alpha
hyper momentum
hyper epsilon from eps
hyper initial_accumulator from initial_accumulator_value
flag centered
flag lr_in_momentum
trait learning rate: outside the state
trait epsilon: inside the root
trait state: starts at initial_accumulator
state v = initial_accumulator
state average = 0
state b = 0
v = v + (1 - rho) * (g * g - v)
when centered:
    average = average + (1 - rho) * (g - average)
    root = sqrt(v - average * average + epsilon)
otherwise:
    root = sqrt(v + epsilon)
when lr_in_momentum:
    b = momentum * b + eta * g / root
    w = w - b
otherwise:
    b = momentum * b + g / root
    w = w - eta * b
