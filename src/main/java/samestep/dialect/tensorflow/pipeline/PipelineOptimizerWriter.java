package samestep.dialect.tensorflow.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.dialect.tensorflow.RmspropStart;
import samestep.dialect.tensorflow.TensorflowUpdate;
import samestep.dialect.write.EpsilonMove;
import samestep.dialect.write.LeftOver;
import samestep.dialect.write.WrittenNumbers;
import samestep.equation.Equations;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.recipe.Origin;
import samestep.recipe.Quantity;
import samestep.recipe.Stage;

/** Writes the optimizer of a family as one of the Object Detection API's three. */
final class PipelineOptimizerWriter {
    private final PipelineTrainer trainer;
    private final Stage.Optimizer source;
    private final boolean verbatim;
    private final WrittenNumbers numbers;
    private final List<Finding> findings;

    PipelineOptimizerWriter(
            PipelineTrainer trainer,
            Stage.Optimizer source,
            boolean verbatim,
            WrittenNumbers numbers,
            List<Finding> findings) {
        this.trainer = trainer;
        this.source = source;
        this.verbatim = verbatim;
        this.numbers = numbers;
        this.findings = findings;
    }

    /** The optimizer's field with its rate; empty, with a finding, when there is none of that family. */
    Optional<PipelineField> write(PipelineField learningRate) {
        List<PipelineField> fields = new ArrayList<>(List.of(PipelineField.of("learning_rate", learningRate)));
        switch (source.equations().family()) {
            case "momentum", "nesterov" -> {
                fields.add(number("momentum_optimizer_value", given("momentum"), "0.0"));
                if (source.equations().family().equals("nesterov") || isOn("nesterov")) {
                    unsaid("Nesterov's momentum; the plain one is written");
                }
                if (!verbatim) {
                    findings.addAll(LeftOver.hypers(
                            "the Object Detection API's momentum_optimizer",
                            TensorflowUpdate.equations("Momentum"),
                            source));
                }
                return Optional.of(PipelineField.of("momentum_optimizer", fields));
            }
            case "adam" -> {
                fields.add(number("epsilon", given("epsilon").map(e -> placed(e, "Adam")), "1e-08"));
                always("beta1", "0.9");
                always("beta2", "0.999");
                if (isOn("amsgrad")) {
                    unsaid("amsgrad");
                }
                return Optional.of(PipelineField.of("adam_optimizer", fields));
            }
            case "rmsprop" -> {
                rmsprop(fields);
                return Optional.of(PipelineField.of("rms_prop_optimizer", fields));
            }
            default -> {
                findings.add(Finding.of(
                        Code.SS204,
                        "the Object Detection API has no optimizer like "
                                + source.equations().name()));
                return Optional.empty();
            }
        }
    }

    private void rmsprop(List<PipelineField> fields) {
        Optional<Quantity> momentum = given("momentum");
        fields.add(number("momentum_optimizer_value", momentum, "0.0"));
        if (trainer == PipelineTrainer.KERAS && !verbatim) {
            // Keras takes decay as one of the learning rate, and its rho is 0.9.
            fields.add(PipelineField.of("decay", "0.0"));
            always("rho", "0.9");
        } else {
            fields.add(number("decay", given("rho"), "0.9"));
        }
        String equations = trainer == PipelineTrainer.KERAS ? "keras/RMSpropLegacy" : "RMSProp";
        fields.add(number("epsilon", given("epsilon").map(e -> placed(e, equations)), "1.0"));
        if (isOn("centered")) {
            unsaid("centered");
        }
        if (trainer != PipelineTrainer.KERAS) {
            RmspropStart.finding(source).ifPresent(findings::add);
        }
    }

    /**
     * Where the trainer's optimizer has its epsilon.
     *
     * @param equations its file of equations
     */
    private Quantity placed(Quantity given, String equations) {
        EpsilonMove move = EpsilonMove.of(source, TensorflowUpdate.equations(equations));
        if (!verbatim) {
            move.finding(source, "the Object Detection API", given, EpsilonMove.Choice.MOVED)
                    .ifPresent(findings::add);
        }
        return verbatim ? given : move.written(given, EpsilonMove.Choice.MOVED);
    }

    /** What the API cannot say, and therefore always is. */
    private void always(String hyper, String value) {
        Optional<Quantity> given = given(hyper);
        boolean other = given.isPresent() && given.get().decimal().compareTo(new java.math.BigDecimal(value)) != 0;
        if (other) {
            findings.add(Finding.of(
                            Code.SS204,
                            "the Object Detection API cannot say " + hyper + ", which is "
                                    + given.get().written() + " here; it is " + value + " there")
                    .at(given.get().place()));
        }
    }

    private void unsaid(String what) {
        findings.add(Finding.of(Code.SS204, "the Object Detection API cannot say " + what));
    }

    private boolean isOn(String flag) {
        return Optional.ofNullable(source.values().get(flag))
                .map(q -> !q.isZero())
                .orElse(false);
    }

    private Optional<Quantity> given(String hyper) {
        Optional<Equations.Hyper> known = source.equations().hyper(hyper);
        return known.flatMap(h -> Optional.ofNullable(source.values().get(h.name())))
                .filter(q -> !verbatim || q.origin() instanceof Origin.Written);
    }

    private PipelineField number(String field, Optional<Quantity> value, String otherwise) {
        return PipelineField.of(field, value.map(numbers::number).orElse(otherwise));
    }
}
