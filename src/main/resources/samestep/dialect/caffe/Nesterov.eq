# "Step back then over step"; w itself is the look-ahead point.
optimizer caffe.Nesterov
source solvers/nesterov_solver.cpp, NesterovSolver::ComputeUpdateValue
family nesterov
trait learning rate: inside the velocity
trait state: starts at 0
hyper momentum
state v = 0
before = v
v = momentum * v + eta * g
w = w - ((1 + momentum) * v - momentum * before)
