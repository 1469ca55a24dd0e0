# Dual averaging: the weight is made anew from the sums at each update, so that what it was at the start is forgotten at
# the first. The penalties are the optimizer's own.
optimizer tensorflow.AdagradDA
source tensorflow/core/kernels/training_ops.cc, ApplyAdagradDA; python/training/adagrad_da.py
family adagrad-da
trait learning rate: times the sum
trait state: starts at initial_accumulator
hyper initial_accumulator from initial_gradient_squared_accumulator_value
hyper l1 from l1_regularization_strength
hyper l2 from l2_regularization_strength
state total = 0
state squares = initial_accumulator
total = total + g
squares = squares + g * g
w = -eta * sign(total) * max(abs(total) - l1 * k, 0) / (l2 * k * eta + sqrt(squares))
