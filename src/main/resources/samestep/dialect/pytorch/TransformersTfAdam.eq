# The epsilon is epsilon-hat, as in Keras, whose legacy Adam it is; its decay comes before the step, beside the gradient.
optimizer pytorch.TransformersTfAdam
source transformers/optimization_tf.py of 4.36, AdamWeightDecay; keras/src/optimizers/legacy/adam.py
family adam
trait learning rate: outside the state
trait epsilon: outside the root, before the bias correction
trait state: starts at 0
hyper beta1 from betas[0]
hyper beta2 from betas[1]
hyper epsilon from eps
state m = 0
state v = 0
m = beta1 * m + (1 - beta1) * g
v = beta2 * v + (1 - beta2) * g * g
w = w - eta * sqrt(1 - pow(beta2, k)) / (1 - pow(beta1, k)) * m / (sqrt(v) + epsilon)
