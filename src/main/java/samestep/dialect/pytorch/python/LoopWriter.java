package samestep.dialect.pytorch.python;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import samestep.dialect.pytorch.object.GradientClips;
import samestep.dialect.pytorch.object.PytorchConfiguration;
import samestep.dialect.pytorch.object.PytorchConfiguration.BeforeStep;
import samestep.dialect.pytorch.object.PytorchValue.Num;
import samestep.dialect.pytorch.schedule.PytorchSchedules;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.recipe.Quantity;
import samestep.recipe.Schedule;
import samestep.recipe.Stage;

/** What of a training loop a form of file can say. */
public final class LoopWriter {
    private LoopWriter() {}

    /**
     * The configuration with those stages before the step that a form can say, and a finding for each other.
     *
     * @param form for messages
     * @param accumulates whether it knows accumulation
     */
    public static PytorchConfiguration sayable(
            PytorchConfiguration configuration, String form, boolean accumulates, List<Finding> findings) {
        List<BeforeStep> said = new ArrayList<>();
        for (BeforeStep before : configuration.beforeStep()) {
            Stage stage = before.stage();
            // Only clips that the form can say are planned for it.
            if (stage instanceof Stage.Clip || stage instanceof Stage.Accumulation && accumulates) {
                said.add(before);
            } else {
                findings.add(Finding.of(Code.SS541, form + " cannot say " + words(stage))
                        .at(place(stage).flatMap(Quantity::place))
                        .detail("Exact form: --as python."));
            }
        }
        if (!configuration.frozen().isEmpty()) {
            findings.add(Finding.of(
                            Code.SS541,
                            form + " cannot say that " + configuration.frozen().size() + " parameters are not trained")
                    .detail("In the script: parameter.requires_grad_(False)."));
        }
        return configuration.withBeforeStep(said).withFrozen(List.of());
    }

    private static Optional<Quantity> place(Stage stage) {
        return stage.values().values().stream().findFirst();
    }

    private static String words(Stage stage) {
        if (stage instanceof Stage.Accumulation accumulation) {
            return "that " + accumulation.microSteps() + " batches are one update";
        }
        return stage instanceof Stage.Penalty penalty
                ? "the penalty " + penalty.norm() + " of "
                        + penalty.coefficient().written() + " in the loss"
                : "what happens before the step";
    }

    /** The clip among the stages; a form has one. */
    public static Optional<Stage.Clip> clip(PytorchConfiguration configuration) {
        return GradientClips.in(configuration.beforeStep()).stream().findFirst();
    }

    /** How many batches are one update. */
    public static int microSteps(PytorchConfiguration configuration) {
        return configuration.beforeStep().stream()
                .map(BeforeStep::stage)
                .filter(Stage.Accumulation.class::isInstance)
                .mapToInt(stage -> ((Stage.Accumulation) stage).microSteps())
                .findFirst()
                .orElse(1);
    }

    /** The schedule of a configuration; empty, with findings, where it is not known. */
    public static Optional<Schedule> schedule(PytorchConfiguration configuration) {
        Quantity rate =
                configuration.optimizer().number("lr").orElse(Quantity.byDefault("0.001", "PyTorch's default of lr"));
        return new PytorchSchedules(new ArrayList<>()).of(configuration.scheduling(), rate, configuration);
    }

    /** The configuration with a constant rate, and why. */
    public static PytorchConfiguration constant(
            PytorchConfiguration configuration, String why, List<Finding> findings) {
        findings.add(Finding.of(Code.SS442, why).detail("Written: the named rate, constant. Exact form: --as python."));
        return configuration.withScheduling(Optional.empty());
    }

    /** A whole number, to be written. */
    public static Num count(long number) {
        Quantity quantity = Quantity.byDefault(Long.toString(number), "");
        return new Num(new Quantity(quantity.value(), Long.toString(number), quantity.origin()));
    }

    /** The number of updates, where it is known and one at least. */
    public static OptionalLong updates(PytorchConfiguration configuration) {
        return configuration.updates().isPresent() && configuration.updates().getAsLong() > 0
                ? configuration.updates()
                : OptionalLong.empty();
    }
}
