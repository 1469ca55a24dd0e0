# The momentum grows with the number of the update, as fast as schedule_decay says; the learning rate itself does not decay.
optimizer keras.NadamLegacy
source keras/src/optimizers/legacy/nadam.py of 2.15; keras/optimizers.py of 2.3
family nadam
trait learning rate: outside the state
trait epsilon: outside the root
trait state: starts at 0
hyper beta1 from beta_1
hyper beta2 from beta_2
hyper epsilon
hyper schedule_decay
state run product = 1
state m = 0
state v = 0
step:
    product = product * beta1 * (1 - 0.5 * pow(f32(0.96), k * schedule_decay))
now = beta1 * (1 - 0.5 * pow(f32(0.96), k * schedule_decay))
next = beta1 * (1 - 0.5 * pow(f32(0.96), (k + 1) * schedule_decay))
m = beta1 * m + (1 - beta1) * g
v = beta2 * v + (1 - beta2) * g * g
ahead = next * m / (1 - product * next) + (1 - now) * g / (1 - product)
w = w - eta * ahead / (sqrt(v / (1 - pow(beta2, k))) + epsilon)
