# The sign of an average decides; the average that is kept has another factor. There is no bias correction.
optimizer keras.Lion
source keras/src/optimizers/lion.py, Lion.update_step
family lion
trait learning rate: outside the state
trait state: starts at 0
hyper beta1 from beta_1
hyper beta2 from beta_2
state m = 0
w = w - eta * sign(f32(beta1) * m + (1 - f32(beta1)) * g)
m = f32(beta2) * m + (1 - f32(beta2)) * g
