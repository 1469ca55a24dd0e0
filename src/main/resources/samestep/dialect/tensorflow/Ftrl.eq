# The weight is made anew from the sums at each update, so that what it was at the start is forgotten at the first. The
# penalties are the optimizer's own: l1 and l2 in the closed form, the shrinkage in the linear sum and not in the squares.
optimizer tensorflow.Ftrl
source tensorflow/core/kernels/training_ops.cc, ApplyFtrlV2; python/training/ftrl.py
family ftrl
trait learning rate: inside the sums
trait state: starts at initial_accumulator
hyper power from learning_rate_power
hyper initial_accumulator from initial_accumulator_value
hyper l1 from l1_regularization_strength
hyper l2 from l2_regularization_strength
hyper shrinkage from l2_shrinkage_regularization_strength
hyper beta
state n = initial_accumulator
state z = 0
before = n
n = n + g * g
z = z + g + 2 * shrinkage * w - (pow(n, -power) - pow(before, -power)) / eta * w
curvature = pow(n, -power) / eta + 2 * (l2 + beta / (2 * eta))
w = (clip(z, -l1, l1) - z) / curvature
