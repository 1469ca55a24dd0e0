package samestep.dialect.caffe.solver;

import java.util.List;
import java.util.stream.Collectors;
import samestep.finding.Code;
import samestep.recipe.Parameter;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.trainer.FirstUpdates;

/**
 * What Caffe's solver refuses before it starts, beside what the recipe's own readers see, and what it accepts silently
 * although it is probably not meant. Source: solver.cpp, Init, InitTrainNet and InitTestNets; sgd_solver.cpp,
 * GetLearningRate, ClipGradients and Regularize.
 */
public final class SolverChecks {
    private static final List<SolverField> NETS =
            List.of(SolverField.NET, SolverField.NET_PARAM, SolverField.TRAIN_NET, SolverField.TRAIN_NET_PARAM);

    private final Solver solver;

    public SolverChecks(Solver solver) {
        this.solver = solver;
    }

    /** Adds what Caffe stops at. */
    public void refusals() {
        List<SolverField> nets = NETS.stream().filter(solver::has).toList();
        if (nets.size() > 1) {
            solver.report(
                    nets.get(1),
                    Code.SS004,
                    "more than one net is given ("
                            + nets.stream().map(SolverField::word).collect(Collectors.joining(", "))
                            + "); Caffe stops",
                    "Keep one of them.");
        }
        if (solver.whole(SolverField.AVERAGE_LOSS) < 1) {
            solver.report(SolverField.AVERAGE_LOSS, Code.SS004, "average_loss must be at least 1; Caffe stops");
        }
        tests();
    }

    private void tests() {
        int tests = solver.all(SolverField.TEST_ITER).size();
        int own = solver.all(SolverField.TEST_NET).size()
                + solver.all(SolverField.TEST_NET_PARAM).size();
        boolean others = solver.has(SolverField.NET) || solver.has(SolverField.NET_PARAM);
        boolean names = NETS.stream().anyMatch(solver::has) || own > 0;
        if (names && (tests < own || tests > own && !others)) {
            SolverField at = tests > 0 ? SolverField.TEST_ITER : SolverField.TEST_NET;
            String each = "test_iter must be given once for each test net; Caffe stops";
            solver.report(at, Code.SS004, each, own + " test nets, " + tests + " values of test_iter.");
        }
        int states = solver.all(SolverField.TEST_STATE).size();
        if (states > 0 && states != tests) {
            solver.report(
                    SolverField.TEST_STATE, Code.SS004, "test_state must be given once for each test; Caffe stops");
        }
        if (tests > 0 && solver.whole(SolverField.TEST_INTERVAL) < 1) {
            SolverField at = solver.has(SolverField.TEST_INTERVAL) ? SolverField.TEST_INTERVAL : SolverField.TEST_ITER;
            solver.report(at, Code.SS004, "test_iter needs a test_interval above 0; Caffe stops");
        }
    }

    /** Adds what is probably not meant in a recipe that Caffe would run. */
    public void suspicions(Recipe recipe) {
        clipping();
        regularization();
        schedule();
        if (unusual(recipe)) {
            recipe.parameters().stream().filter(p -> !p.frozen()).findFirst().ifPresent(p -> firstUpdates(recipe, p));
        }
    }

    /** Whether a value lies where an update may come to nothing, or to no number. */
    private boolean unusual(Recipe recipe) {
        boolean unusual = !isPositive(SolverField.BASE_LR);
        for (SolverField field : optimizerFields(recipe)) {
            if (field == SolverField.DELTA) {
                unusual |= !isPositive(field);
            } else if (field != SolverField.RMS_DECAY) {
                unusual |= !isFactorOfHistory(field);
            }
        }
        return unusual;
    }

    private static List<SolverField> optimizerFields(Recipe recipe) {
        return recipe.parameters().stream().flatMap(p -> p.optimizer().stream()).findFirst().stream()
                .flatMap(optimizer -> optimizer.equations().hypers().stream())
                .flatMap(hyper -> SolverField.of(hyper.field()).stream())
                .toList();
    }

    private boolean isPositive(SolverField field) {
        return solver.quantity(field).decimal().signum() > 0;
    }

    private boolean isFactorOfHistory(SolverField field) {
        Quantity factor = solver.quantity(field);
        boolean fades = factor.doubleValue() >= 0 && factor.doubleValue() < 1;
        if (!fades) {
            solver.report(
                    field,
                    Code.SS203,
                    field.word() + " is " + factor.text()
                            + "; the factor of a history lies between 0 and 1, and Caffe does not check it");
        }
        return fades;
    }

    private void clipping() {
        double threshold = solver.quantity(SolverField.CLIP_GRADIENTS).doubleValue();
        if (threshold < 0 && threshold != Double.parseDouble(SolverField.CLIP_GRADIENTS.byDefault())) {
            solver.report(SolverField.CLIP_GRADIENTS, Code.SS203, "clip_gradients is negative: nothing is clipped");
        }
    }

    private void regularization() {
        String type = solver.word(SolverField.REGULARIZATION_TYPE);
        if (!List.of("L1", "L2").contains(type)
                && solver.quantity(SolverField.WEIGHT_DECAY).isZero()) {
            solver.report(
                    SolverField.REGULARIZATION_TYPE,
                    Code.SS203,
                    "BVLC Caffe has no regularization_type \"" + type + "\"; with weight_decay 0 it does not notice");
        }
    }

    private void schedule() {
        switch (solver.word(SolverField.LR_POLICY)) {
            case "step" -> needs(SolverField.GAMMA, "Caffe reads 0, and the rate is 0 from the first drop on");
            case "multistep" -> {
                needs(SolverField.GAMMA, "Caffe reads 0, and the rate is 0 from the first drop on");
                needs(SolverField.STEPVALUE, "the rate never drops");
            }
            case "exp" -> needs(SolverField.GAMMA, "Caffe reads 0, and the rate is 0 after the first update");
            case "sigmoid" -> needs(SolverField.GAMMA, "Caffe reads 0, and the rate never changes");
            case "inv" -> {
                needs(SolverField.GAMMA, "Caffe reads 0, and the rate never changes");
                needs(SolverField.POWER, "Caffe reads 0, and the rate never changes");
            }
            case "poly" -> needs(SolverField.POWER, "Caffe reads 0, and the rate never changes");
            default -> {}
        }
    }

    private void needs(SolverField field, String otherwise) {
        if (!solver.has(field)) {
            solver.report(SolverField.LR_POLICY, Code.SS203, field.word() + " is missing: " + otherwise);
        }
    }

    private void firstUpdates(Recipe recipe, Parameter parameter) {
        switch (FirstUpdates.of(recipe, parameter)) {
            case NOT_A_NUMBER ->
                solver.report(
                        SolverField.TYPE,
                        Code.SS203,
                        "with these values the weights are not finite after two updates",
                        "Caffe goes on with no message.");
            case STAND_STILL -> {
                // A rate that is missing has been said.
                if (solver.has(SolverField.BASE_LR)) {
                    solver.report(
                            SolverField.BASE_LR, Code.SS203, "with these values no weight moves in the first updates");
                }
            }
            case MOVE -> {}
        }
    }
}
