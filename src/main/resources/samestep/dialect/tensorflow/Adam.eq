# The epsilon is epsilon-hat: outside the root, added before the bias correction. The powers of the betas are variables, which
# each update multiplies on; they are in single precision where the betas were given as numbers of the program.
optimizer tensorflow.Adam
source tensorflow/core/kernels/training_ops.cc, ApplyAdam; python/training/adam.py
family adam
trait learning rate: outside the state
trait epsilon: outside the root, before the bias correction
trait state: starts at 0
hyper beta1
hyper beta2
hyper epsilon
state m = 0
state v = 0
state run power1 = 1
state run power2 = 1
step:
    power1 = f32(power1 * beta1)
    power2 = f32(power2 * beta2)
m = beta1 * m + (1 - beta1) * g
v = beta2 * v + (1 - beta2) * g * g
w = w - eta * sqrt(1 - power2) / (1 - power1) * m / (sqrt(v) + epsilon)
