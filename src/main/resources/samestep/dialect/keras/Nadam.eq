# The momentum grows with the number of the update; its running product is one number for all tensors. The betas are rounded
# to single precision everywhere but in that product.
optimizer keras.Nadam
source keras/src/optimizers/nadam.py, Nadam.update_step and _backend_update_step
family nadam
trait learning rate: outside the state
trait epsilon: outside the root
trait state: starts at 0
hyper beta1 from beta_1
hyper beta2 from beta_2
hyper epsilon
state run product = 1
state m = 0
state v = 0
step:
    product = product * beta1 * (1 - 0.5 * pow(0.96, k))
now = f32(beta1) * (1 - 0.5 * pow(f32(0.96), k))
next = f32(beta1) * (1 - 0.5 * pow(f32(0.96), k + 1))
m = f32(beta1) * m + (1 - f32(beta1)) * g
v = f32(beta2) * v + (1 - f32(beta2)) * g * g
ahead = next * m / (1 - product * next) + (1 - now) * g / (1 - product)
w = w - eta * ahead / (sqrt(v / (1 - pow(f32(beta2), k))) + epsilon)
