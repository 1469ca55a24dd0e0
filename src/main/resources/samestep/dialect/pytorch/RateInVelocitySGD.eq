# What --as python writes where the learning rate changes: torch's SGD with a rate of 1, fed gradients that are multiplied by
# the rate. The decay is added before that.
optimizer pytorch.RateInVelocitySGD
source the class in the Python text: torch/optim/sgd.py, _single_tensor_sgd, with lr=1 and eta * g for g
family momentum
trait learning rate: inside the velocity
trait state: starts at 0
hyper momentum
flag nesterov
state velocity = 0
velocity = momentum * velocity + eta * g
when nesterov:
    w = w - (eta * g + momentum * velocity)
otherwise:
    w = w - velocity
