# The epsilon is epsilon-hat: outside the root, added before the bias correction. The betas are rounded to single
# precision in the corrections, and not in the moments.
optimizer keras.Adam
source keras/src/optimizers/adam.py, Adam.update_step
family adam
trait learning rate: outside the state
trait epsilon: outside the root, before the bias correction
trait state: starts at 0
hyper beta1 from beta_1
hyper beta2 from beta_2
hyper epsilon
flag amsgrad
state m = 0
state v = 0
state largest = 0
m = beta1 * m + (1 - beta1) * g
v = beta2 * v + (1 - beta2) * g * g
correction = sqrt(1 - pow(f32(beta2), k)) / (1 - pow(f32(beta1), k))
when amsgrad:
    largest = max(largest, v)
    w = w - eta * correction * m / (sqrt(largest) + epsilon)
otherwise:
    w = w - eta * correction * m / (sqrt(v) + epsilon)
