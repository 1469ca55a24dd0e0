package samestep.dialect.pytorch.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.pytorch.object.PytorchObject;
import samestep.dialect.pytorch.object.PytorchValue.Call;
import samestep.dialect.pytorch.object.PytorchValue.Many;
import samestep.dialect.pytorch.object.PytorchValue.Text;
import samestep.equation.Expression;
import samestep.equation.run.Exact;
import samestep.recipe.Quantity;
import samestep.recipe.ScheduleForm;
import samestep.recipe.Sequence;

/**
 * fvcore's schedulers one after the other, each for a share of the run. One that is rescaled goes all its way in its share; one that is
 * fixed is asked at the step of the run. Source: CompositeParamScheduler of fvcore/common/param_scheduler.py, 0.1.5.
 */
final class FvcorePieces {
    private static final Expression ZERO = Expression.literal(0);
    private static final double NEAR_ONE = 1e-3;
    private static final Set<String> SCALINGS = Set.of("rescaled", "fixed");

    private final FvcoreSchedules whole;
    private final List<Long> starts = new ArrayList<>();
    private final List<ScheduleForm> pieces = new ArrayList<>();

    private FvcorePieces(FvcoreSchedules whole) {
        this.whole = whole;
    }

    /** A composite; empty where fvcore refuses it, or a part cannot be said. */
    static Optional<ScheduleForm> composite(FvcoreSchedules whole, PytorchObject s) {
        List<PytorchObject> parts = s.get("schedulers").orElse(null) instanceof Many many
                ? many.values().stream()
                        .filter(Call.class::isInstance)
                        .map(value -> ((Call) value).object())
                        .toList()
                : List.of();
        List<String> scalings = s.get("interval_scaling").orElse(null) instanceof Many many
                ? many.values().stream()
                        .filter(Text.class::isInstance)
                        .map(value -> ((Text) value).text())
                        .toList()
                : List.of();
        List<Quantity> lengths = s.numbers("lengths");
        double sum = lengths.stream()
                .mapToDouble(length -> Exact.value(length.value()).doubleValue())
                .sum();
        boolean isRefused = parts.isEmpty()
                || parts.size() != lengths.size()
                || scalings.size() != parts.size()
                || !SCALINGS.containsAll(scalings)
                || Math.abs(sum - 1) >= NEAR_ONE;
        if (isRefused) {
            return Optional.empty();
        }
        FvcorePieces all = new FvcorePieces(whole);
        Expression share = ZERO;
        for (int i = 0; i < parts.size(); i++) {
            // fvcore gives the last part what the others leave.
            Expression own = i == parts.size() - 1
                    ? ScheduleForm.ONE.minus(share)
                    : lengths.get(i).value();
            if (Exact.value(own).signum() < 0
                    || !all.add(parts.get(i), share, own, scalings.get(i).equals("fixed"))) {
                return Optional.empty();
            }
            share = share.plus(own);
        }
        return Optional.of(all.form());
    }

    /** detectron2's warm-up, after which its scheduler goes all its way in the rest of the run. */
    static Optional<ScheduleForm> rescaled(
            FvcoreSchedules whole, PytorchObject warmUp, Expression share, Expression from) {
        PytorchObject scheduler = ((Call) warmUp.get("scheduler").orElseThrow()).object();
        FvcorePieces rest = new FvcorePieces(whole);
        if (!rest.add(scheduler, share, ScheduleForm.ONE.minus(share), false)) {
            return Optional.empty();
        }
        Expression steps = whole.length().times(share);
        long end = FvcoreSchedules.over(whole.length(), share);
        if (end == 0) {
            return Optional.of(rest.pieces.get(0));
        }
        Optional<ScheduleForm> first = whole.form(scheduler)
                .map(form -> WarmUp.at(form, ZERO))
                .flatMap(to -> FvcoreSchedules.rise(warmUp.text("warmup_method").orElse("linear"), from, to, steps));
        return first.map(form -> new Sequence(List.of(end), List.of(form, rest.pieces.get(0))));
    }

    private boolean add(PytorchObject part, Expression share, Expression own, boolean isFixed) {
        Expression length = whole.length();
        long start = Exact.value(share).signum() == 0 ? 0 : FvcoreSchedules.over(length, share);
        Expression first = Expression.literal(start);
        FvcoreSchedules scheduler =
                isFixed ? whole.of(length, first) : whole.of(length.times(own), first.minus(length.times(share)));
        Optional<ScheduleForm> form = scheduler.form(part);
        if (form.isEmpty()) {
            return false;
        }
        if (start == 0) {
            pieces.clear();
        } else {
            starts.add(start);
        }
        pieces.add(form.get());
        return true;
    }

    private ScheduleForm form() {
        return starts.isEmpty() ? pieces.get(0) : new Sequence(starts, pieces);
    }
}
