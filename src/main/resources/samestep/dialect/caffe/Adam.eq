# The epsilon is Kingma's epsilon-hat: outside the root, added before the bias correction.
optimizer caffe.Adam
source solvers/adam_solver.cpp, AdamSolver::ComputeUpdateValue
family adam
trait learning rate: outside the state
trait epsilon: outside the root, before the bias correction
trait state: starts at 0
hyper beta1 from momentum
hyper beta2 from momentum2
hyper epsilon from delta
state m = 0
state v = 0
m = (1 - beta1) * g + beta1 * m
v = (1 - beta2) * g * g + beta2 * v
correction = sqrt(1 - pow(beta2, k)) / (1 - pow(beta1, k))
w = w - eta * correction * m / (sqrt(v) + epsilon)
