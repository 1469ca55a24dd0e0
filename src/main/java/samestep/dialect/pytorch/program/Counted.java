package samestep.dialect.pytorch.program;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import samestep.dialect.pytorch.object.PytorchObject;
import samestep.dialect.pytorch.object.PytorchValue;
import samestep.finding.Place;
import samestep.program.Trace;
import samestep.program.value.Circumstances.Loop;
import samestep.program.value.RecordedCall;
import samestep.program.value.Value;
import samestep.recipe.Quantity;

/**
 * A scheduler's step that is given its count, {@code scheduler.step(epoch)}: it sets the rate of that count, until the next step.
 * Source: torch/optim/lr_scheduler.py, {@code _update_lr}: by the closed form where the class has one, else by get_lr(), which of some
 * classes multiplies the rate that is there.
 */
final class Counted {
    /** Classes whose rate is a function of the count alone. */
    static final Set<String> CLOSED = Set.of(
            "StepLR",
            "MultiStepLR",
            "ExponentialLR",
            "PolynomialLR",
            "CosineAnnealingLR",
            "ConstantLR",
            "LinearLR",
            "LambdaLR");
    /** Those of them that begin at the optimizer's rate. */
    static final Set<String> STARTS_AT_BASE =
            Set.of("StepLR", "MultiStepLR", "ExponentialLR", "PolynomialLR", "CosineAnnealingLR");

    private static final String TORCH = "torch.optim.lr_scheduler.";

    private Counted() {}

    /**
     * By how much the count of the rate is ahead of the turn of the loop: 0 where it is as if the scheduler were stepped after each
     * turn, -1 where it is one late. Empty where it is not the same in all turns, or not known.
     */
    static Optional<Integer> shift(Trace trace, List<RecordedCall> scheduler, Steps steps) {
        List<RecordedCall> all = trace.calls().stream()
                .filter(call -> call.lastName().equals("step")
                        && call.owner()
                                .filter(owner -> owner instanceof Value.Made made && scheduler.contains(made.call()))
                                .isPresent())
                .toList();
        Optional<RecordedCall> optimizer = steps.step();
        if (all.isEmpty() || optimizer.isEmpty()) {
            return Optional.empty();
        }
        OptionalInt ahead = ahead(all.get(0));
        boolean isSame =
                ahead.isPresent() && all.stream().allMatch(call -> ahead(call).equals(ahead)) && areAll(all);
        if (!isSame) {
            return Optional.empty();
        }
        boolean isBefore = all.get(0).number() < optimizer.get().number();
        return Optional.of(isBefore ? ahead.getAsInt() : ahead.getAsInt() - 1);
    }

    /** The count less the turn of the only loop around it. */
    private static OptionalInt ahead(RecordedCall call) {
        List<Loop> loops = call.circumstances().loops();
        Optional<Integer> count = call.argument("epoch", 0)
                .map(RecordedCall.Argument::value)
                .filter(Value.Number.class::isInstance)
                .flatMap(value -> ((Value.Number) value).small());
        boolean isKnown = loops.size() == 1
                && loops.get(0).isKnown()
                && !call.circumstances().isConditional()
                && count.isPresent()
                && !call.isOpen();
        return isKnown ? OptionalInt.of(count.get() - loops.get(0).turn()) : OptionalInt.empty();
    }

    private static boolean areAll(List<RecordedCall> calls) {
        for (int i = 0; i < calls.size(); i++) {
            if (calls.get(i).circumstances().loops().get(0).turn() != i) {
                return false;
            }
        }
        return true;
    }

    /** The scheduler one step late: its first rate is there twice. */
    static PytorchObject late(PytorchObject scheduler) {
        Optional<Place> place = scheduler.place();
        PytorchValue one = new PytorchValue.Num(Quantity.byDefault("1", "a step that is late"));
        PytorchObject held = new PytorchObject(TORCH + "ConstantLR", Map.of("factor", one, "total_iters", one), place);
        PytorchValue both =
                new PytorchValue.Many(List.of(new PytorchValue.Call(held), new PytorchValue.Call(scheduler)), place);
        return new PytorchObject(
                TORCH + "SequentialLR",
                Map.of("schedulers", both, "milestones", new PytorchValue.Many(List.of(one), place)),
                place);
    }
}
