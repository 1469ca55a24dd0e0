package samestep.dialect.tensorflow.garden;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import samestep.dialect.tensorflow.CommonRate;
import samestep.dialect.tensorflow.TensorflowDefaults;
import samestep.dialect.tensorflow.TensorflowUpdate;
import samestep.dialect.tensorflow.write.KernelPenalty;
import samestep.dialect.write.ClipPlan;
import samestep.dialect.write.EpsilonMove;
import samestep.dialect.write.LeftOver;
import samestep.dialect.write.Proposal;
import samestep.dialect.write.WrittenNumbers;
import samestep.equation.Equations;
import samestep.equation.Expression;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.recipe.Origin;
import samestep.recipe.Parameter;
import samestep.recipe.Quantity;
import samestep.recipe.Recipe;
import samestep.recipe.Role;
import samestep.recipe.ScheduleForm;
import samestep.recipe.Stage;

/** From a recipe of any framework to Model Garden experiments that may be the same training. */
final class GardenWriter {
    static final String GARDEN = "garden";

    private static final Map<String, String> TYPES = Map.of(
            "momentum", "sgd",
            "nesterov", "sgd",
            "adam", "adam",
            "rmsprop", "rmsprop",
            "adagrad", "adagrad");

    private final Recipe recipe;
    private final boolean verbatim;
    private final EpsilonMove.Choice moving;
    private final String present;
    private final CommonRate rate;
    private final WrittenNumbers numbers = new WrittenNumbers();
    private final List<Finding> findings = new ArrayList<>();

    /**
     * @param moving what becomes of epsilon
     * @param present the optimizer's type in the document that is changed; empty for a new one
     */
    private GardenWriter(Recipe recipe, boolean verbatim, EpsilonMove.Choice moving, String present) {
        this.present = present;
        this.recipe = recipe;
        this.verbatim = verbatim;
        this.moving = moving;
        this.rate = new CommonRate(recipe);
    }

    /**
     * What is written.
     *
     * @param config the fields of {@code optimizer_config}
     * @param penalty as {@code l2_weight_decay}
     */
    record Solution(Proposal proposal, List<GardenField> config, String penalty) {}

    /**
     * Solutions, the likeliest first; none when the Garden has no such optimizer.
     *
     * @param present the optimizer's type in the document that is changed; empty for a new one
     */
    static List<Solution> solutions(Recipe recipe, String present) {
        List<Solution> solutions = new ArrayList<>();
        for (EpsilonMove.Choice moving : EpsilonMove.Choice.values()) {
            new GardenWriter(recipe, false, moving, present).write().ifPresent(solutions::add);
        }
        boolean alike = solutions.size() == 2
                && solutions.get(0).config().equals(solutions.get(1).config());
        return alike ? solutions.subList(0, 1) : solutions;
    }

    /** Every number as it is written in the source. */
    static Optional<Proposal> verbatim(Recipe recipe) {
        return new GardenWriter(recipe, true, EpsilonMove.Choice.AS_IT_IS, "")
                .write()
                .map(Solution::proposal);
    }

    private Optional<Solution> write() {
        Optional<Stage.Optimizer> source = rate.parameter().flatMap(Parameter::optimizer);
        if (source.isEmpty()) {
            return Optional.empty();
        }
        String type = type(source.get());
        Optional<TensorflowDefaults.Known> known = TensorflowDefaults.garden(type);
        if (known.isEmpty()) {
            findings.add(Finding.of(
                    Code.SS204,
                    "the Model Garden has no optimizer like "
                            + source.get().equations().name()));
            return Optional.empty();
        }
        List<GardenField> fields = optimizer(source.get(), type, known.get());
        List<GardenField> config = new ArrayList<>(List.of(GardenField.choice("optimizer", type, fields)));
        config.addAll(schedule(type, fields));
        // The rate's own decay is one of the optimizer's fields.
        config.set(0, GardenField.choice("optimizer", type, fields));
        String penalty = penalty();
        findings.addAll(rate.others("the Model Garden", p -> false));
        findings.addAll(rate.beside("the Model Garden"));
        findings.add(Finding.of(
                Code.SS903,
                "give it to train.py as --config_file after your own experiment's, or put it there: --onto"
                        + " experiment.yaml --in-place does it"));
        Proposal proposal = new Proposal(Map.of(GARDEN, text(config, penalty)), numbers.rounded(), findings);
        return Optional.of(new Solution(proposal, config, penalty));
    }

    private String text(List<GardenField> config, String penalty) {
        List<GardenField> task =
                new ArrayList<>(List.of(GardenField.of("losses", List.of(GardenField.of("l2_weight_decay", penalty)))));
        recipe.samplesPerUpdate()
                .ifPresent(b -> task.add(GardenField.of(
                        "train_data", List.of(GardenField.of("global_batch_size", numbers.count(b.value()))))));
        List<GardenField> trainer = new ArrayList<>();
        if (recipe.schedule().horizon().isPresent()) {
            trainer.add(GardenField.of(
                    "train_steps", Long.toString(recipe.schedule().horizon().getAsLong())));
        }
        trainer.add(GardenField.of("optimizer_config", config));
        return "# For the Model Garden's train.py.\n"
                + GardenField.text(List.of(GardenField.of("task", task), GardenField.of("trainer", trainer)));
    }

    /** A decay beside Adam's gradient is AdamW's. */
    private String type(Stage.Optimizer source) {
        String type = TYPES.getOrDefault(source.equations().family(), "");
        boolean decoupled = recipe.trained().stream()
                .anyMatch(p -> !p.stages(Stage.DecoupledDecay.class).isEmpty());
        return type.equals("adam") && (decoupled || present.equals("adamw")) ? "adamw" : type;
    }

    private List<GardenField> optimizer(Stage.Optimizer source, String type, TensorflowDefaults.Known known) {
        List<GardenField> fields = new ArrayList<>();
        Equations target = TensorflowUpdate.equations(known.equations());
        for (Equations.Hyper hyper : target.hypers()) {
            Optional<Quantity> value = Optional.ofNullable(source.values().get(hyper.name()))
                    .filter(q -> !verbatim || q.origin() instanceof Origin.Written)
                    .filter(q ->
                            present.isEmpty() || !isSilent(q, known.values().get(hyper.field())));
            if (hyper.flag()) {
                boolean nesterov = hyper.name().equals("nesterov")
                        && source.equations().family().equals("nesterov");
                boolean on = nesterov || value.filter(q -> !q.isZero()).isPresent();
                fields.add(GardenField.of(hyper.field(), Boolean.toString(on)));
            } else if (hyper.name().equals("epsilon")) {
                value.ifPresent(q -> fields.add(GardenField.of("epsilon", number(epsilon(q, source, target)))));
            } else if (hyper.name().equals("initial_accumulator")) {
                fields.add(GardenField.of(hyper.field(), value.map(this::number).orElse(verbatim ? "0.1" : "0.0")));
            } else {
                value.ifPresent(q -> fields.add(GardenField.of(hyper.field(), number(q))));
            }
        }
        if (!verbatim) {
            findings.addAll(LeftOver.hypers("the Model Garden's " + type, target, source));
        }
        clips(type, fields);
        if (type.equals("adamw")) {
            decay(fields);
        }
        return fields;
    }

    /** In a document that is there, what both sides leave to the class stays unsaid. */
    private static boolean isSilent(Quantity value, @Nullable String byDefault) {
        return byDefault != null
                && value.origin() instanceof Origin.Default
                && value.decimal().compareTo(new BigDecimal(byDefault)) == 0;
    }

    private Quantity epsilon(Quantity epsilon, Stage.Optimizer source, Equations target) {
        EpsilonMove move = EpsilonMove.of(source, target);
        if (!verbatim) {
            move.finding(source, "the Model Garden", epsilon, moving).ifPresent(findings::add);
        }
        return move.written(epsilon, moving);
    }

    /** AdamW clips by itself unless that is switched off. */
    private void clips(String type, List<GardenField> fields) {
        GardenClips means = new GardenClips(type.equals("adamw"));
        List<Finding> said = verbatim ? new ArrayList<>() : findings;
        List<Stage.Clip> clips =
                rate.parameter().map(p -> ClipPlan.of(recipe, p, means, said)).orElse(List.of());
        List<Stage.Clip.Kind> before = new ArrayList<>();
        for (Stage.Clip clip : clips) {
            fields.add(GardenField.of(means.field(before, clip.kind()), number(clip.threshold())));
            before.add(clip.kind());
        }
        if (means.clipsByItself() && !means.usesOwn(before)) {
            fields.add(GardenField.of(GardenClips.OWN, "0.0"));
        }
    }

    private void decay(List<GardenField> fields) {
        List<Quantity> rates = recipe.trained().stream()
                .flatMap(p -> p.stages(Stage.DecoupledDecay.class).stream())
                .map(Stage.DecoupledDecay::coefficient)
                .toList();
        fields.add(GardenField.of("weight_decay_rate", rates.isEmpty() ? "0.0" : number(rates.get(0))));
        List<String> excluded = new ArrayList<>();
        for (Parameter parameter : recipe.trained()) {
            boolean none = parameter.stages(Stage.DecoupledDecay.class).isEmpty();
            Role role = parameter.name().role();
            String name = role.word().replace(' ', '_');
            if (none && !rates.isEmpty() && role != Role.KERNEL && !excluded.contains(name)) {
                excluded.add(name);
            }
        }
        if (!excluded.isEmpty()) {
            fields.add(GardenField.of("exclude_from_weight_decay", excluded.toString()));
        }
    }

    private List<GardenField> schedule(String type, List<GardenField> optimizer) {
        GardenScheduleWriter writer = new GardenScheduleWriter(this::number, numbers);
        Optional<ScheduleForm> form = rate.form(verbatim);
        if (type.equals("sgd")
                && form.orElse(null) instanceof ScheduleForm.InverseTime inverse
                && new Quantity(inverse.power(), "", new Origin.Default("")).isOne()) {
            optimizer.add(GardenField.of("decay", number(inverse.slope())));
            return writer.constant(inverse.base());
        }
        if (type.equals("sgd")) {
            optimizer.add(GardenField.of("decay", "0.0"));
        }
        return form.flatMap(writer::write).orElseGet(() -> {
            findings.add(Finding.of(
                            Code.SS402,
                            "the Model Garden has no learning rate like " + recipe.possessive() + " \""
                                    + recipe.schedule().name() + "\"")
                    .detail("Written: " + rate.held().words() + ", constant."));
            return writer.constant(rate.heldRate());
        });
    }

    private String penalty() {
        KernelPenalty penalties = new KernelPenalty(recipe, "an experiment");
        Optional<Stage.Penalty> common = penalties.common().filter(p -> p.norm() == Stage.Penalty.Norm.L2);
        boolean adamw = type(rate.parameter().flatMap(Parameter::optimizer).orElseThrow())
                .equals("adamw");
        findings.addAll(penalties.unsaid(common, false, adamw));
        if (common.isEmpty()) {
            return "0.0";
        }
        Stage.Penalty meant = verbatim ? KernelPenalty.asItIsWritten(common.get()) : common.get();
        Quantity coefficient = meant.coefficient();
        findings.add(Finding.of(
                        Code.SS101,
                        common.get().norm() + " "
                                + coefficient.place().map(p -> p.text().strip()).orElse(coefficient.written())
                                + " -> l2_weight_decay " + coefficient.written() + "; " + recipe.possessive()
                                + " gradient has " + common.get().coefficient().written()
                                + "*w, and the Garden gives Keras' L2 half of l2_weight_decay, so that its gradient has"
                                + " l2_weight_decay*w")
                .at(coefficient.place()));
        return number(coefficient);
    }

    private String number(Quantity quantity) {
        return yaml(numbers.number(quantity));
    }

    private String number(Expression expression) {
        return yaml(numbers.number(expression));
    }

    /** YAML 1.1 takes a number with an exponent for a text when it has no point. */
    static String yaml(String number) {
        String plain = number.toLowerCase(Locale.ROOT);
        int exponent = plain.indexOf('e');
        return exponent < 0 || plain.contains(".")
                ? number
                : number.substring(0, exponent) + ".0" + number.substring(exponent);
    }
}
