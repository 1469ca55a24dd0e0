optimizer keras.Adagrad
source keras/src/optimizers/adagrad.py, Adagrad.update_step
family adagrad
trait learning rate: outside the state
trait epsilon: inside the root
trait state: starts at initial_accumulator
hyper initial_accumulator from initial_accumulator_value
hyper epsilon
state a = f32(initial_accumulator)
a = a + g * g
w = w - eta * g / sqrt(a + epsilon)
