# The field momentum is the decay rate rho. What is accumulated of the updates is without the learning rate.
optimizer caffe.AdaDelta
source solvers/adadelta_solver.cpp, AdaDeltaSolver::ComputeUpdateValue
family adadelta
trait learning rate: outside the state
trait epsilon: inside both roots
trait state: starts at 0
hyper rho from momentum
hyper epsilon from delta
state h = 0
state u = 0
h = (1 - rho) * g * g + rho * h
d = g * sqrt((u + epsilon) / (h + epsilon))
u = (1 - rho) * d * d + rho * u
w = w - eta * d
