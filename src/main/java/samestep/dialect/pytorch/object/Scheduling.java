package samestep.dialect.pytorch.object;

import samestep.recipe.Schedule;

/**
 * A scheduler, and how often it is stepped.
 *
 * @param scheduler the object
 * @param unit what it counts: the training loop decides that by where it calls {@code step()}
 */
public record Scheduling(PytorchObject scheduler, Schedule.Unit unit) {}
