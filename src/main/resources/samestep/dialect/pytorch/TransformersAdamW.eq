# The epsilon is epsilon-hat. The decay shrinks the new weight, after the step.
optimizer pytorch.TransformersAdamW
source transformers/optimization.py of 4.36, AdamW.step
family adamw
trait learning rate: outside the state
trait epsilon: outside the root, before the bias correction
trait state: starts at 0
hyper beta1 from betas[0]
hyper beta2 from betas[1]
hyper epsilon from eps
hyper weight_decay
flag uncorrected
state m = 0
state v = 0
m = beta1 * m + (1 - beta1) * g
v = beta2 * v + (1 - beta2) * g * g
when uncorrected:
    step_size = eta
otherwise:
    step_size = eta * sqrt(1 - pow(beta2, k)) / (1 - pow(beta1, k))
w = w - step_size * m / (sqrt(v) + epsilon)
w = w - w * eta * weight_decay
