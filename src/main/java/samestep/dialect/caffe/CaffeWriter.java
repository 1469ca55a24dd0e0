package samestep.dialect.caffe;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.dialect.EquationFiles;
import samestep.dialect.caffe.CaffeMultipliers.Written;
import samestep.dialect.caffe.solver.CaffePolicy;
import samestep.dialect.write.ClipMeans;
import samestep.dialect.write.ClipPlan;
import samestep.dialect.write.EpsilonMove;
import samestep.dialect.write.HeldRate;
import samestep.dialect.write.LeftOver;
import samestep.dialect.write.Proposal;
import samestep.dialect.write.RateInVelocity;
import samestep.dialect.write.WrittenNumbers;
import samestep.equation.Equations;
import samestep.equation.Expression;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Severity;
import samestep.recipe.Origin;
import samestep.recipe.Parameter;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.ScheduleForm;
import samestep.recipe.Stage;
import samestep.recipe.setting.Setting;
import samestep.recipe.setting.SettingKind;
import samestep.recipe.setting.SettingValue;
import samestep.recipe.setting.Settings;

/** From a recipe of any framework to solvers that may be the same training, with the multipliers for their net. */
final class CaffeWriter {
    /** The style that is read back. */
    static final String PROTOTXT = "prototxt";

    private static final EquationFiles EQUATIONS = new EquationFiles("caffe");
    private static final Map<String, String> TYPES = Map.of(
            "momentum", "SGD",
            "nesterov", "Nesterov",
            "adagrad", "AdaGrad",
            "rmsprop", "RMSProp",
            "adadelta", "AdaDelta",
            "adam", "Adam");

    /** Some policies say it too. */
    private static final String MAX_ITER = "max_iter";

    private static final ClipMeans CLIPS = new CaffeClips();

    private final Recipe recipe;
    private final boolean verbatim;
    private final EpsilonMove.Choice epsilon;
    private final WrittenNumbers numbers = new WrittenNumbers();
    private final List<Finding> findings = new ArrayList<>();
    private final List<Map.Entry<String, String>> fields = new ArrayList<>();

    private CaffeWriter(Recipe recipe, boolean verbatim, EpsilonMove.Choice epsilon) {
        this.recipe = recipe;
        this.verbatim = verbatim;
        this.epsilon = epsilon;
    }

    /** A solver with what its net has to say. */
    record Solution(Proposal proposal, Written multipliers) {}

    /** Solutions, the likeliest first; none when Caffe has no such solver. */
    static List<Solution> solutions(Recipe recipe) {
        List<Solution> solutions = new ArrayList<>();
        for (EpsilonMove.Choice epsilon : EpsilonMove.choices(
                recipe,
                o -> Optional.of(type(o)).filter(type -> !type.isEmpty()).map(EQUATIONS::of))) {
            new CaffeWriter(recipe, false, epsilon).write().ifPresent(solutions::add);
        }
        return solutions;
    }

    /** Every number as it is written in the source. */
    static Proposal verbatim(Recipe recipe) {
        return new CaffeWriter(recipe, true, EpsilonMove.Choice.AS_IT_IS)
                .write()
                .map(Solution::proposal)
                .orElseThrow(() -> new IllegalStateException("nothing to copy"));
    }

    private static Optional<Parameter> first(Recipe recipe) {
        return recipe.trained().stream()
                .findFirst()
                .or(() -> recipe.parameters().stream().findFirst());
    }

    private Optional<Solution> write() {
        Optional<Stage.Optimizer> optimizer = first(recipe).flatMap(Parameter::optimizer);
        if (optimizer.isEmpty()) {
            return Optional.empty();
        }
        String type = type(optimizer.get());
        if (type.isEmpty()) {
            findings.add(Finding.of(
                    Code.SS204,
                    "Caffe has no solver like " + optimizer.get().equations().name()));
            return Optional.empty();
        }
        field("type", "\"" + type + "\"");
        schedule();
        hypers(optimizer.get(), type);
        Written multipliers = new CaffeMultipliers(recipe, verbatim, numbers, findings).write();
        multipliers.decay().ifPresent(decay -> number("weight_decay", decay));
        if (multipliers.decay().isPresent() && multipliers.norm() == Stage.Penalty.Norm.L1) {
            field("regularization_type", "\"L1\"");
        }
        boolean counted = fields.stream().anyMatch(field -> field.getKey().equals(MAX_ITER));
        if (!verbatim && !counted) {
            length();
        }
        if (recipe.microSteps() > 1) {
            field("iter_size", Integer.toString(recipe.microSteps()));
        }
        first(recipe)
                .ifPresent(p -> ClipPlan.of(recipe, p, CLIPS, verbatim ? new ArrayList<>() : findings)
                        .forEach(clip -> clip(p, clip)));
        loss();
        outputs();
        Recipe said = verbatim ? recipe.withSettings(Settings.NONE) : recipe;
        CaffeSkeleton skeleton = CaffeSkeleton.of(multipliers, new CaffeLayerSettings(said, numbers), findings);
        findings.add(Finding.of(Code.SS903, "the solver has to name its net: net: \"train_val.prototxt\""));
        Proposal proposal = new Proposal(
                Map.of(PROTOTXT, text(skeleton)), skeleton.net(), numbers.rounded(), List.copyOf(findings));
        return Optional.of(new Solution(proposal, multipliers));
    }

    /** Updates of the run, where they are known and Caffe counts so far. */
    private void length() {
        recipe.allSettings()
                .ofRun(SettingKind.UPDATES)
                .map(Setting::value)
                .filter(SettingValue.Number.class::isInstance)
                .map(value -> ((SettingValue.Number) value).quantity().decimal().stripTrailingZeros())
                .filter(updates -> updates.signum() > 0
                        && updates.scale() <= 0
                        && updates.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0)
                .ifPresent(updates -> field(MAX_ITER, updates.toBigInteger().toString()));
    }

    private String text(CaffeSkeleton skeleton) {
        StringBuilder text = new StringBuilder();
        fields.forEach(field -> text.append(field.getKey())
                .append(": ")
                .append(field.getValue())
                .append('\n'));
        return text.append(skeleton.comment()).toString();
    }

    private static String type(Stage.Optimizer optimizer) {
        boolean nesterov = isOn(optimizer, "nesterov");
        String family = optimizer.equations().family();
        return TYPES.getOrDefault(nesterov && family.equals("momentum") ? "nesterov" : family, "");
    }

    private static boolean isOn(Stage.Optimizer optimizer, String hyper) {
        return Optional.ofNullable(optimizer.values().get(hyper))
                .map(q -> !q.isZero())
                .orElse(false);
    }

    private void field(String name, String value) {
        fields.add(Map.entry(name, value));
    }

    private void number(String name, Quantity value) {
        field(name, CaffePolicy.plain(numbers.number(value)));
    }

    private void schedule() {
        CaffePolicy policy = new CaffePolicy(numbers);
        Optional<ScheduleForm> form = verbatim
                ? Optional.of(recipe.schedule().form())
                : recipe.schedule().formInUpdates();
        Optional<List<Map.Entry<String, String>>> written = form.flatMap(policy::write);
        if (written.isEmpty()) {
            HeldRate held = HeldRate.of(recipe.schedule());
            findings.add(Finding.of(
                            Code.SS402,
                            "Caffe has no lr_policy like " + recipe.possessive() + " \""
                                    + recipe.schedule().name() + "\"")
                    .detail("Written: " + held.words() + ", fixed."));
            written = Optional.of(policy.constant(held.expression()));
        }
        fields.addAll(written.get());
    }

    /** The hyper-parameters that Caffe's solver has; what is left over is reported. */
    private void hypers(Stage.Optimizer source, String type) {
        Equations target = EQUATIONS.of(type);
        for (Equations.Hyper hyper : target.hypers()) {
            Optional<Quantity> value = Optional.ofNullable(source.values().get(hyper.name()))
                    .filter(q -> !verbatim || q.origin() instanceof Origin.Written);
            value.ifPresent(
                    v -> number(hyper.field(), hyper.name().equals("epsilon") ? epsilon(v, source, target) : v));
        }
        if (verbatim) {
            return;
        }
        findings.addAll(LeftOver.hypers("Caffe's " + type, target, source));
        ScheduleForm form =
                recipe.schedule().formInUpdates().orElse(recipe.schedule().form());
        new RateInVelocity(recipe, source, "Caffe's", target, form).finding().ifPresent(findings::add);
    }

    private Quantity epsilon(Quantity given, Stage.Optimizer source, Equations target) {
        EpsilonMove move = EpsilonMove.of(source, target);
        if (!verbatim) {
            move.finding(source, "Caffe", given, epsilon).ifPresent(findings::add);
        }
        return move.written(given, epsilon);
    }

    /** Caffe clips the data's gradient alone, of all parameters together, and the sum over micro-steps. */
    private void clip(Parameter parameter, Stage.Clip clip) {
        boolean decayed = !parameter.stages(Stage.Penalty.class).isEmpty();
        if (decayed) {
            findings.add(Finding.of(
                            Code.SS501,
                            recipe.framework() + " clips the gradient with its penalty, Caffe clips the data's and adds"
                                    + " the decay to it. The same until the norm reaches the threshold")
                    .at(clip.threshold().place()));
        }
        boolean mean = parameter.stages(Stage.Accumulation.class).stream().anyMatch(Stage.Accumulation::mean);
        Quantity threshold = clip.threshold();
        if (mean && !verbatim) {
            threshold = threshold.derived(
                    threshold.value().times(Expression.literal(recipe.microSteps())), "threshold * micro-steps");
            findings.add(Finding.of(
                            Code.SS503,
                            "clip threshold " + clip.threshold().written() + " -> " + threshold.written()
                                    + ": Caffe clips"
                                    + " the sum of " + recipe.microSteps() + " gradients, " + recipe.framework()
                                    + " their mean")
                    .at(clip.threshold().place()));
        }
        number("clip_gradients", threshold);
    }

    /** A loss that is not the plain mean scales every data gradient, and no solver says so. */
    private void loss() {
        for (Stage.LossScale scale : first(recipe).stream()
                .flatMap(p -> p.stages(Stage.LossScale.class).stream())
                .toList()) {
            String weight = scale.weight().isOne()
                    ? ""
                    : CaffePolicy.plain(scale.weight().written()) + " * ";
            String factor = switch (scale.form()) {
                case WEIGHTED -> CaffePolicy.plain(scale.weight().written());
                case SUMMED -> weight + "batch size";
                case MEAN_SQUARE -> weight + "2 / outputs";
                case SUMMED_SQUARE -> weight + "2 * batch size / outputs";
            };
            findings.add(Finding.of(
                            Code.SS902,
                            recipe.possessive() + " loss is " + factor + " times Caffe's: give the loss layer"
                                    + " loss_weight: " + factor + ", in the net")
                    .at(scale.weight().place())
                    .as(Severity.WARNING));
        }
    }

    private void outputs() {
        if (!recipe.activityPenalties().isEmpty()) {
            findings.add(Finding.of(
                    Code.SS103,
                    "Caffe has no penalty on a layer's output; " + recipe.possessive() + " of "
                            + recipe.activityPenalties().size() + " is not written"));
        }
    }
}
