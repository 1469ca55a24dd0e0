optimizer caffe.AdaGrad
source solvers/adagrad_solver.cpp, AdaGradSolver::ComputeUpdateValue
family adagrad
trait learning rate: outside the state
trait epsilon: outside the root
trait state: starts at 0
hyper epsilon from delta
state h = 0
h = h + g * g
w = w - eta * g / (sqrt(h) + epsilon)
