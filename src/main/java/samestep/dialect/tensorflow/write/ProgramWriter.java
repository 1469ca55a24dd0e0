package samestep.dialect.tensorflow.write;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.dialect.tensorflow.Program;
import samestep.dialect.tensorflow.RmspropStart;
import samestep.dialect.tensorflow.TensorflowDefaults;
import samestep.dialect.tensorflow.TensorflowUpdate;
import samestep.dialect.tensorflow.call.CallsForm;
import samestep.dialect.write.ClipPlan;
import samestep.dialect.write.EpsilonMove;
import samestep.dialect.write.LeftOver;
import samestep.dialect.write.Proposal;
import samestep.dialect.write.WrittenNumbers;
import samestep.equation.Equations;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.recipe.Parameter;
import samestep.recipe.ParameterName;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.ScheduleForm;
import samestep.recipe.Stage;

/** From a recipe of any framework to TensorFlow 1 programs that may be the same training. */
public final class ProgramWriter {
    /** The equations of each family that tf.compat.v1.train has. */
    private static final Map<String, String> EQUATIONS = Map.ofEntries(
            Map.entry("momentum", "Momentum"),
            Map.entry("nesterov", "Momentum"),
            Map.entry("adam", "Adam"),
            Map.entry("rmsprop", "RMSProp"),
            Map.entry("adagrad", "Adagrad"),
            Map.entry("adagrad-da", "AdagradDA"),
            Map.entry("adadelta", "Adadelta"),
            Map.entry("ftrl", "Ftrl"),
            Map.entry("proximal adagrad", "ProximalAdagrad"),
            Map.entry("proximal gradient descent", "ProximalGradientDescent"));

    private final Recipe recipe;
    private final ProgramApi api;
    private final boolean verbatim;
    private final EpsilonMove.Choice epsilon;
    private final boolean inGradients;
    private final WrittenNumbers numbers = new WrittenNumbers();
    private final List<Finding> findings = new ArrayList<>();

    private ProgramWriter(
            Recipe recipe, ProgramApi api, boolean verbatim, EpsilonMove.Choice epsilon, boolean inGradients) {
        this.inGradients = inGradients;
        this.recipe = recipe;
        this.api = api;
        this.verbatim = verbatim;
        this.epsilon = epsilon;
    }

    /** Proposals, the likeliest first; none where TensorFlow has no such optimizer. */
    public static List<Proposal> proposals(Recipe recipe, ProgramApi api) {
        List<Proposal> proposals = new ArrayList<>();
        for (EpsilonMove.Choice epsilon : EpsilonMove.choices(recipe, ProgramWriter::equations)) {
            new ProgramWriter(recipe, api, false, epsilon, false).write().ifPresent(proposals::add);
        }
        boolean changes = !(recipe.schedule().form() instanceof ScheduleForm.Constant);
        if (changes
                && recipe.trained().stream()
                        .flatMap(p -> p.optimizer().stream())
                        .anyMatch(ProgramWriter::isInsideVelocity)) {
            // What MomentumOptimizer says by itself is better than the same with the rate in the gradients.
            new ProgramWriter(recipe, api, false, EpsilonMove.Choice.AS_IT_IS, true)
                    .write()
                    .ifPresent(proposals::add);
        }
        return proposals;
    }

    /** Every number as it is. */
    public static Optional<Proposal> verbatim(Recipe recipe, ProgramApi api) {
        return new ProgramWriter(recipe, api, true, EpsilonMove.Choice.AS_IT_IS, false).write();
    }

    private static Optional<Equations> equations(Stage.Optimizer source) {
        return Optional.ofNullable(EQUATIONS.get(source.equations().family())).map(TensorflowUpdate::equations);
    }

    /** Whether the velocity carries the learning rate, which TensorFlow multiplies it by. */
    private static boolean isInsideVelocity(Stage.Optimizer optimizer) {
        boolean momentum =
                List.of("momentum", "nesterov").contains(optimizer.equations().family());
        return momentum
                && optimizer
                        .equations()
                        .traits()
                        .getOrDefault("learning rate", "")
                        .startsWith("inside");
    }

    private Optional<Proposal> write() {
        Optional<Parameter> first = recipe.trained().stream()
                .findFirst()
                .or(() -> recipe.parameters().stream().findFirst());
        Optional<Program.Invocation> optimizer =
                first.flatMap(Parameter::optimizer).flatMap(this::optimizer);
        if (optimizer.isEmpty()) {
            return Optional.empty();
        }
        ProgramPenalties penalties = new ProgramPenalties(recipe, api, verbatim, numbers, findings);
        penalties.write();
        ProgramRate rate = new ProgramRate(recipe, verbatim, numbers, findings);
        Program.Rate written = rate.write();
        if (inGradients && written.schedule().isEmpty()) {
            // With a constant rate it is the same as with the optimizer's own.
            return Optional.empty();
        }
        List<Program.Clip> clips = clips(first.get());
        accumulation();
        Program program = new Program(
                penalties.regularizers(),
                optimizer.get(),
                written,
                clips,
                penalties.added(),
                decays(),
                rate.multipliers(),
                recipe.parameters().stream()
                        .filter(Parameter::frozen)
                        .map(Parameter::name)
                        .toList(),
                inGradients);
        if (inGradients) {
            findings.add(Finding.of(
                    Code.SS221,
                    recipe.possessive()
                            + " velocity carries the learning rate, TensorFlow's is multiplied by it: train_op"
                            + " gives the optimizer gradients times the rate, and a rate of 1"));
        }
        findings.add(Finding.of(
                Code.SS903,
                api == ProgramApi.KERAS
                        ? "write network with layers that are given layers[...], and minimize total_loss(loss, model):"
                                + " model.losses are in no loss by themselves"
                        : "write network with layers that are given layers[...], and minimize total_loss(...): a bare"
                                + " loss of tf.losses has no regularizer in it"));
        Map<String, String> texts = Map.of(
                CallsForm.CALLS, ProgramJson.print(program, api), api.style(), ProgramPython.print(program, api));
        return Optional.of(new Proposal(texts, numbers.rounded(), findings));
    }

    private Optional<Program.Invocation> optimizer(Stage.Optimizer source) {
        String family = source.equations().family();
        String equations = EQUATIONS.getOrDefault(family, "");
        boolean plain = equations.equals("Momentum")
                && Optional.ofNullable(source.values().get("momentum"))
                        .map(Quantity::isZero)
                        .orElse(true);
        if (equations.isEmpty()) {
            findings.add(Finding.of(
                    Code.SS204,
                    "tf.compat.v1.train has no optimizer like "
                            + source.equations().name()));
            return Optional.empty();
        }
        String chosen = plain ? "GradientDescent" : equations;
        if (equations.equals("RMSProp") && !verbatim) {
            RmspropStart.finding(source).ifPresent(findings::add);
        }
        Map<String, String> arguments = new LinkedHashMap<>();
        for (Equations.Hyper hyper : TensorflowUpdate.equations(chosen).hypers()) {
            argument(hyper, source).ifPresent(value -> arguments.put(hyper.field(), value));
        }
        if (!verbatim) {
            findings.addAll(LeftOver.hypers(
                    "TensorFlow's " + TensorflowDefaults.className(chosen),
                    TensorflowUpdate.equations(chosen),
                    source));
        }
        return Optional.of(new Program.Invocation(TensorflowDefaults.className(chosen), arguments));
    }

    private Optional<String> argument(Equations.Hyper hyper, Stage.Optimizer source) {
        Optional<Quantity> given = Optional.ofNullable(source.values().get(hyper.name()));
        if (hyper.flag()) {
            boolean nesterov = hyper.name().equals("nesterov")
                    && source.equations().family().equals("nesterov");
            boolean on = nesterov || given.map(q -> !q.isZero()).orElse(false);
            return on ? Optional.of("True") : Optional.empty();
        }
        if (given.isPresent() && hyper.name().equals("epsilon")) {
            return Optional.of(numbers.number(epsilon(given.get(), source)));
        }
        boolean withoutStart = given.isEmpty() && hyper.name().equals("initial_accumulator") && !verbatim;
        if (withoutStart) {
            findings.add(Finding.of(
                    Code.SS202,
                    source.equations().name() + " starts its accumulator at 0, which TensorFlow refuses;"
                            + " initial_accumulator_value 1e-30 is written"));
            return Optional.of("1e-30");
        }
        return given.map(numbers::number);
    }

    private Quantity epsilon(Quantity given, Stage.Optimizer source) {
        EpsilonMove move = EpsilonMove.of(source, equations(source).orElseThrow());
        if (!verbatim) {
            move.finding(source, "TensorFlow", given, epsilon).ifPresent(findings::add);
        }
        return move.written(given, epsilon);
    }

    private List<Program.Clip> clips(Parameter parameter) {
        return ClipPlan.of(recipe, parameter, new ProgramClips(), verbatim ? new ArrayList<>() : findings).stream()
                .map(c -> new Program.Clip(ProgramClips.By.of(c.kind()), numbers.number(c.threshold())))
                .toList();
    }

    private Map<ParameterName, String> decays() {
        Map<ParameterName, String> decays = new LinkedHashMap<>();
        for (Parameter parameter : recipe.trained()) {
            parameter.stages(Stage.DecoupledDecay.class).stream()
                    .filter(d -> !d.coefficient().isZero())
                    .findFirst()
                    .ifPresent(d -> decays.put(parameter.name(), numbers.number(d.coefficient())));
        }
        return decays;
    }

    private void accumulation() {
        if (recipe.microSteps() > 1) {
            findings.add(Finding.of(
                            Code.SS204,
                            "tf.compat.v1.train accumulates no gradients, and " + recipe.framework() + " sums "
                                    + recipe.microSteps() + " micro-steps to an update")
                    .detail("Train with batches " + recipe.microSteps() + " times as large: the same update where"
                            + " the batch fits."));
        }
    }
}
