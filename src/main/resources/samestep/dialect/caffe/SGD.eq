# The velocity carries the learning rate: a change of the rate does not rescale what it holds.
optimizer caffe.SGD
source solvers/sgd_solver.cpp, SGDSolver::ComputeUpdateValue
family momentum
trait learning rate: inside the velocity
trait state: starts at 0
hyper momentum
state v = 0
v = momentum * v + eta * g
w = w - v
