# No bias correction, not centered, no momentum.
optimizer caffe.RMSProp
source solvers/rmsprop_solver.cpp, RMSPropSolver::ComputeUpdateValue
family rmsprop
trait learning rate: outside the state
trait epsilon: outside the root
trait state: starts at 0
hyper rho from rms_decay
hyper epsilon from delta
state h = 0
h = (1 - rho) * g * g + rho * h
w = w - eta * g / (sqrt(h) + epsilon)
