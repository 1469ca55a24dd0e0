# What Keras 2.15 computes inside a tf.function, as compile and fit use it: the running product is multiplied once for each
# variable and not once for each update, because a counter is frozen when the function is traced. Of so many variables, the
# one at a place (from 0) skips its multiplication only at update t = variables - 1 + place.
optimizer keras.NadamTraced
source keras/src/optimizers/nadam.py of 2.15, Nadam.update_step
family nadam
trait learning rate: outside the state
trait epsilon: outside the root
trait state: starts at 0
hyper beta1 from beta_1
hyper beta2 from beta_2
hyper epsilon
hyper place
hyper variables
state tensor product = 1
state m = 0
state v = 0
before = f32(beta1) * (1 - 0.5 * pow(f32(0.96), t))
now = f32(beta1) * (1 - 0.5 * pow(f32(0.96), k))
next = f32(beta1) * (1 - 0.5 * pow(f32(0.96), k + 1))
skipped_before = where(t - variables > place, where(t - variables < variables, 1, 0), 0)
skipped_now = where(t - variables + 1 >= 0, where(t - variables + 1 > place, 0, 1), 0)
product = product * pow(before, where(t > 0, variables - 1 - place - skipped_before, 0))
product = product * pow(now, place + 1 - skipped_now)
m = f32(beta1) * m + (1 - f32(beta1)) * g
v = f32(beta2) * v + (1 - f32(beta2)) * g * g
ahead = next * m / (1 - product * next) + (1 - now) * g / (1 - product)
w = w - eta * ahead / (sqrt(v / (1 - pow(f32(beta2), k))) + epsilon)
