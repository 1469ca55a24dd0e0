# The step of Adam, as long as the weight is, tensor by tensor.
optimizer keras.Lamb
source keras/src/optimizers/lamb.py, Lamb.update_step
family lamb
trait learning rate: outside the state
trait epsilon: outside the root
trait state: starts at 0
hyper beta1 from beta_1
hyper beta2 from beta_2
hyper epsilon
state m = 0
state v = 0
m = beta1 * m + (1 - beta1) * g
v = beta2 * v + (1 - beta2) * g * g
d = m / (1 - pow(f32(beta1), k)) / (sqrt(v / (1 - pow(f32(beta2), k))) + epsilon)
size = norm(w, tensor)
length = norm(d, tensor)
ratio = where(size > 0, where(length > 0, size / length, 1), 1)
w = w - ratio * eta * d
