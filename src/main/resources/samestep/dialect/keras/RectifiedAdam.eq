# The decay is beside the gradient, times the learning rate, on the weight before the step.
optimizer keras.RectifiedAdam
source tensorflow_addons/optimizers/rectified_adam.py of 0.23, RectifiedAdam._resource_apply_dense
family radam
trait learning rate: outside the state
trait epsilon: outside the root
trait state: starts at 0
hyper beta1 from beta_1
hyper beta2 from beta_2
hyper epsilon
hyper weight_decay
hyper sma_threshold
state m = 0
state v = 0
m = beta1 * m + (1 - beta1) * g
v = beta2 * v + (1 - beta2) * g * g
ideal = 2 / (1 - beta2) - 1
length = ideal - 2 * k * pow(beta2, k) / (1 - pow(beta2, k))
share = (length - 4) * (length - 2) * ideal / ((ideal - 4) * (ideal - 2) * length)
corrected = m / (1 - pow(beta1, k))
root = sqrt(v / (1 - pow(beta2, k))) + epsilon
d = where(length >= sma_threshold, corrected * sqrt(max(share, 0)) / root, corrected)
w = w - eta * (d + weight_decay * w)
