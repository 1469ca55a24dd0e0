package samestep.dialect.jax.chain;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import samestep.dialect.jax.own.OwnTransform;
import samestep.dialect.jax.schedule.Curve;
import samestep.dialect.jax.schedule.OptaxSchedules;
import samestep.dialect.jax.value.Argument;
import samestep.dialect.jax.value.OptaxCall;
import samestep.dialect.jax.value.Signatures;
import samestep.equation.Equations;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.recipe.IndependentDecay;
import samestep.recipe.ParameterName;
import samestep.recipe.Quantity;
import samestep.recipe.Role;
import samestep.recipe.Stage;

/**
 * What a chain does to one parameter, found by going through its transformations in order: what is done to the gradient, what
 * makes a direction of it, and by what direction and decay are multiplied then. A chain that is none of the updates that are
 * known is a finding at the transformation where that is seen.
 */
final class Walk {
    /** Those that round where single precision does not. */
    private static final List<String> LOW_PRECISIONS = List.of("float16", "float8", "int8");

    private static final Set<Role> VECTORS = EnumSet.of(Role.BIAS, Role.GAMMA, Role.BETA, Role.ALPHA);

    private final Role role;
    private final List<Finding> findings;
    private final List<Stage> stages = new ArrayList<>();
    private List<Decay> decays = new ArrayList<>();
    private Factor scale = Factor.ONE;
    private Optional<Core> core = Optional.empty();
    /** What the core was made of. */
    private Optional<OptaxCall> source = Optional.empty();

    private Optional<OptaxCall> trust = Optional.empty();
    private Optional<OptaxCall> average = Optional.empty();
    /** Whether the rate is inside of what the core keeps, so that nothing may be multiplied by it afterwards. */
    private boolean isInside;

    /** Whether a learning rate comes later, so that a number before a velocity is one of the gradient. */
    private boolean hasRateBehind;

    private boolean isKnown = true;

    private Walk(Role role, List<Finding> findings) {
        this.role = role;
        this.findings = findings;
    }

    /** The update; empty, with a finding, where it is not known. */
    static Optional<Update> of(OptaxCall chain, ParameterName name, List<Finding> findings) {
        int before = findings.size();
        Expansion expansion = new Expansion(name, findings);
        expansion.add(chain);
        if (findings.size() > before) {
            return Optional.empty();
        }
        Walk walk = new Walk(name.role(), findings);
        expansion.accumulation().ifPresent(walk.stages::add);
        for (int i = 0; i < expansion.steps().size(); i++) {
            OptaxCall step = expansion.steps().get(i);
            walk.hasRateBehind = expansion
                    .steps()
                    .subList(i + 1, expansion.steps().size())
                    .stream()
                    .anyMatch(later -> later.name().equals("scale_by_learning_rate"));
            new Checked(step, findings).check().ifPresent(walk::notKnown);
            if (walk.isKnown) {
                walk.precision(step);
                walk.step(step);
            }
            if (!walk.isKnown) {
                return Optional.empty();
            }
        }
        return walk.end(chain, expansion);
    }

    private void step(OptaxCall step) {
        switch (step.name()) {
            case "scale" -> scaled(step, step.named().get("step_size"), false);
            case "scale_by_learning_rate" -> scaled(step, step.named().get("learning_rate"), isOn(step, "flip_sign"));
            case "scale_by_schedule" -> scaled(step, step.named().get("step_size_fn"), false);
            case "add_decayed_weights" -> decay(step);
            case "clip" -> clip(step, Stage.Clip.Kind.VALUE, "max_delta");
            case "clip_by_global_norm" -> clip(step, Stage.Clip.Kind.GLOBAL_NORM, "max_norm");
            case "trace" -> trace(step);
            case "scale_by_trust_ratio" -> trust(step);
            case "ema" -> average(step);
            case "scale_by_factored_rms", "scale_by_sm3" -> ofMatrix(step);
            case "clip_by_block_rms", "scale_by_param_block_rms" -> adafactor(step);
            case "scale_by_rprop" -> {
                core(step);
                scaled(step, step.named().get("learning_rate"), false);
                isInside = true;
            }
            default -> OwnTransform.among(step.name()).ifPresentOrElse(own -> own(step, own), () -> core(step));
        }
    }

    /** A transformation that Samestep's writer has put there. */
    private void own(OptaxCall step, OwnTransform own) {
        for (Equations.Hyper hyper : own.equations().hypers()) {
            Argument given = step.named().getOrDefault(hyper.name(), new Argument.Nothing());
            if (given.number().isEmpty() && !(given instanceof Argument.Flag)) {
                notKnown(step, hyper.name() + " of " + own.name() + " is not a number");
                return;
            }
        }
        switch (own.kind()) {
            case GRADIENT -> ownOfGradient(step, own);
            case BESIDE -> ownBeside(step);
            case DIRECTION, STEP -> ownCore(step, own);
        }
    }

    private void ownOfGradient(OptaxCall step, OwnTransform own) {
        for (Stage.Clip.Kind kind : Stage.Clip.Kind.values()) {
            Quantity threshold = Core.number(step, "threshold");
            if (new Stage.Clip(kind, threshold).equations().equals(own.equations())) {
                clip(step, kind, "threshold");
                return;
            }
        }
        takeDecaysIn();
        if (!seesGradient()) {
            second(step);
            return;
        }
        stages.add(new Stage.Penalty(Stage.Penalty.Norm.L1, Core.number(step, "coefficient")));
    }

    private void ownCore(OptaxCall step, OwnTransform own) {
        takeDecaysIn();
        if (!seesGradient()) {
            second(step);
            return;
        }
        if (own.takesRate()) {
            scaled(step, step.named().get(OwnTransform.RATE), true);
            isInside = true;
        }
        core = Optional.of(Core.own(own, step));
        source = Optional.of(step);
    }

    /** A decay beside a step that has the rate in it: the rate of both must be the same. */
    private void ownBeside(OptaxCall step) {
        Walk rate = new Walk(role, findings);
        rate.scaled(step, step.named().get(OwnTransform.RATE), true);
        boolean isSame = rate.isKnown
                && new Rate(rate.scale.negated())
                        .over(new Rate(scale.negated()))
                        .filter(Quantity::isOne)
                        .isPresent();
        if (!isInside || !isSame || core.filter(Core::usesWeights).isPresent()) {
            second(step);
            return;
        }
        stages.add(new Stage.DecoupledDecay(Core.number(step, "coefficient")));
    }

    /** A precision of its own is not a number of the update, but it changes the update. */
    private void precision(OptaxCall step) {
        for (String name : Signatures.PRECISION) {
            if (step.named().get(name) instanceof Argument.Text type
                    && LOW_PRECISIONS.stream().anyMatch(low -> type.text().contains(low))) {
                String what = name + " keeps a state of optax." + step.name() + " in "
                        + type.text().substring(type.text().lastIndexOf('.') + 1);
                findings.add(Finding.at(step.place(), Code.SS041, what)
                        .detail("Verdicts are about the numbers without this rounding."));
            }
        }
    }

    private static boolean isOn(OptaxCall step, String name) {
        return step.named().get(name) instanceof Argument.Flag flag && flag.on();
    }

    private void scaled(OptaxCall step, @org.jspecify.annotations.Nullable Argument by, boolean turned) {
        Optional<Quantity> number = by == null ? Optional.empty() : by.number();
        Optional<Curve> curve =
                by == null || number.isPresent() ? Optional.empty() : new OptaxSchedules(findings).of(by);
        if (isInside
                && !number.filter(q -> q.decimal().abs().compareTo(java.math.BigDecimal.ONE) == 0)
                        .isPresent()) {
            notKnown(step, "the velocity has the rate in it already");
            return;
        }
        number.ifPresent(q -> {
            scale = scale.times(q);
            decays = new ArrayList<>(decays.stream().map(d -> d.times(q)).toList());
        });
        curve.ifPresent(c -> {
            scale = scale.times(c);
            decays = new ArrayList<>(decays.stream().map(d -> d.times(c)).toList());
        });
        if (turned && !(by instanceof Argument.Nothing)) {
            scale = scale.negated();
            decays = new ArrayList<>(decays.stream().map(Decay::negated).toList());
        }
        if (number.isEmpty() && curve.isEmpty() && !(by instanceof Argument.Nothing)) {
            isKnown = false;
        }
    }

    private void decay(OptaxCall step) {
        Argument given = step.named().getOrDefault("weight_decay", new Argument.Nothing());
        Optional<Quantity> number = given.number();
        if (given instanceof Argument.Nothing || number.filter(Quantity::isZero).isPresent()) {
            return;
        }
        Optional<Curve> course = number.isPresent() ? Optional.empty() : new OptaxSchedules(findings).of(given);
        if (number.isEmpty() && course.isEmpty()) {
            isKnown = false;
            return;
        }
        boolean isInGradient = core.isEmpty() && scale.isOne() && trust.isEmpty() && average.isEmpty();
        if (isInGradient && number.isPresent()) {
            stages.add(new Stage.Penalty(Stage.Penalty.Norm.L2, number.get()));
            return;
        }
        if (isInGradient) {
            notKnown(step, "a decay in the gradient that changes with the update cannot be read yet");
            return;
        }
        Quantity share = number.orElseGet(() -> Core.constant("1", "the schedule of the decay"));
        decays.add(new Decay(share, course, scale, Factor.ONE, step.place()));
    }

    /** Decays that what follows takes for a part of the gradient: those after a number that the gradient was multiplied by. */
    private void takeDecaysIn() {
        boolean isOfGradient = core.isEmpty()
                && trust.isEmpty()
                && average.isEmpty()
                && !decays.isEmpty()
                && decays.stream()
                        .allMatch(d -> d.isConstantUntilThere()
                                && d.before().equals(decays.get(0).before()));
        if (isOfGradient) {
            Factor after = decays.get(0).after();
            scale = decays.get(0).before();
            isPlain();
            decays.forEach(d -> stages.add(new Stage.Penalty(Stage.Penalty.Norm.L2, d.number())));
            decays = new ArrayList<>();
            scale = after;
        }
    }

    private void clip(OptaxCall step, Stage.Clip.Kind kind, String threshold) {
        takeDecaysIn();
        if (!seesGradient()) {
            notKnown(step, "optax." + step.name() + " clips the update here, and not the gradient");
            return;
        }
        stages.add(new Stage.Clip(kind, Core.number(step, threshold)));
    }

    /** Whether nothing but penalties, clips and numbers was done before: what comes now still sees a gradient. */
    private boolean seesGradient() {
        return core.isEmpty() && trust.isEmpty() && average.isEmpty() && decays.isEmpty() && isPlain();
    }

    /** Whether the gradient was multiplied by numbers only, which become a stage of their own. */
    private boolean isPlain() {
        if (scale.isConstant() && !scale.isOne()) {
            stages.add(new Stage.Scale(scale.written()
                    .filter(q -> q.value().equals(scale.constant()))
                    .orElseGet(() -> new Quantity(
                            scale.constant(),
                            "",
                            new samestep.recipe.Origin.Derived(
                                    "optax.scale", scale.written().flatMap(Quantity::place))))));
            scale = Factor.ONE;
        }
        return scale.isOne();
    }

    private void trace(OptaxCall step) {
        takeDecaysIn();
        if (hasRateBehind && core.isEmpty() && trust.isEmpty()) {
            isPlain();
        }
        boolean isRootMeanSquare = source.filter(
                        s -> s.name().equals("scale_by_rms") || s.name().equals("scale_by_stddev"))
                .isPresent();
        if (!decays.isEmpty() || isInside || average.isPresent() || core.isPresent() && !isRootMeanSquare) {
            second(step);
        } else if (isRootMeanSquare) {
            rootMeanSquare(step);
        } else if (trust.isPresent() && scale.isOne()) {
            notKnown(step, "a trace between a trust ratio and the learning rate cannot be read yet");
        } else if (trust.isPresent()) {
            core = Optional.of(Core.lars(trust, step));
            trust = Optional.empty();
            isInside = true;
        } else if (scale.isOne()) {
            core = Core.of(step);
        } else {
            core = Optional.of(Core.rateInside(step));
            isInside = true;
        }
        source = Optional.of(step);
    }

    private void rootMeanSquare(OptaxCall step) {
        boolean inside = !scale.isOne();
        Quantity flag = Core.constant(inside ? "1" : "0", "where the rate is in the chain");
        core = isOn(step, "nesterov")
                ? Optional.empty()
                : Core.rms(source.orElseThrow(), Core.number(step, "decay"), flag);
        isInside = inside;
        if (core.isEmpty()) {
            notKnown(step, "this trace after a root mean square cannot be read yet");
        }
    }

    private void trust(OptaxCall step) {
        boolean isAdam = source.filter(s -> s.name().equals("scale_by_adam")).isPresent() && scale.isOne();
        boolean isOneDecay =
                decays.isEmpty() || decays.size() == 1 && decays.get(0).isTimesTheRate();
        if (isAdam && isOneDecay && trust.isEmpty()) {
            Quantity decay = decays.isEmpty()
                    ? Core.constant("0", "no optax.add_decayed_weights")
                    : decays.get(0).number();
            core = Core.lamb(source.orElseThrow(), decay, step);
            decays.clear();
            source = Optional.of(step);
            if (core.isEmpty()) {
                notKnown(step, "a trust ratio after this Adam cannot be read yet");
            }
            return;
        }
        if (core.isPresent() || trust.isPresent() || average.isPresent() || !scale.isOne() || !decays.isEmpty()) {
            second(step);
            return;
        }
        trust = Optional.of(step);
    }

    private void average(OptaxCall step) {
        boolean isFirst = core.isEmpty() && trust.isEmpty() && average.isEmpty() && scale.isOne() && decays.isEmpty();
        if (!isFirst || isOn(step, "debias")) {
            second(step);
        } else {
            average = Optional.of(step);
        }
    }

    private void core(OptaxCall step) {
        takeDecaysIn();
        if (core.isPresent() || trust.isPresent() || !decays.isEmpty() || !isPlain()) {
            second(step);
            return;
        }
        if (average.isPresent()) {
            signOfAverage(step);
            return;
        }
        core = Core.of(step);
        source = Optional.of(step);
        if (core.isEmpty()) {
            notKnown(step, "optax." + step.name() + " with these arguments cannot be read yet");
        }
    }

    /** Rows and columns are those of a matrix. */
    private void ofMatrix(OptaxCall step) {
        takeDecaysIn();
        if (!seesGradient()) {
            second(step);
            return;
        }
        core = Optional.of(Core.ofMatrix(step, !VECTORS.contains(role)));
        source = Optional.of(step);
    }

    /** What Adafactor's direction is divided by, and what its rate is multiplied by. */
    private void adafactor(OptaxCall step) {
        boolean isClip = step.name().equals("clip_by_block_rms");
        if (core.filter(Core::isAdafactor).isEmpty() || !decays.isEmpty() || isClip && !scale.isOne()) {
            second(step);
            return;
        }
        Quantity on = Core.constant("1", "optax." + step.name());
        core = core.map(c -> isClip
                ? c.with(Map.of("clipped", on, "clip_threshold", Core.number(step, "threshold")), c.usesWeights())
                : c.with(Map.of("scale_parameter", on, "epsilon2", Core.number(step, "min_scale")), true));
    }

    /** A decay after Adafactor's rate is one of its own numbers: both look at the weight before the update. */
    private Core withDecay(Core known) {
        boolean isOwn = known.isAdafactor()
                && decays.size() == 1
                && decays.get(0).stage() instanceof IndependentDecay decay
                && decay.course().isEmpty();
        if (!isOwn) {
            return known;
        }
        Quantity share = ((IndependentDecay) decays.get(0).stage()).share();
        decays.clear();
        return known.with(Map.of("weight_decay", share), true);
    }

    private void signOfAverage(OptaxCall step) {
        if (!step.name().equals("scale_by_sign")) {
            second(step);
            return;
        }
        Quantity decay = Core.number(average.orElseThrow(), "decay");
        core = Optional.of(Core.signum(decay));
        average = Optional.empty();
        source = Optional.of(step);
    }

    private void second(OptaxCall step) {
        notKnown(step, "optax." + step.name() + " at this place of the chain is not an update that is known");
    }

    private Optional<Update> end(OptaxCall chain, Expansion expansion) {
        if (average.isPresent()) {
            notKnown(average.get(), "optax.ema by itself cannot be read yet");
            return Optional.empty();
        }
        if (trust.isPresent() || expansion.isPartial() && core.isEmpty()) {
            core = Optional.of(Core.lars(trust, Core.noTrace(chain)));
        }
        Rate rate = new Rate(scale.negated());
        if (!expansion.isFrozen() && (scale.isOne() || rate.isNegative())) {
            notKnown(
                    chain,
                    scale.isOne()
                            ? "the chain has no learning rate"
                            : "the chain adds its direction to the weights: the rate has the wrong sign");
            return Optional.empty();
        }
        Core known = withDecay(core.orElseGet(Core::none));
        if (known.usesWeights() && !decays.isEmpty()) {
            notKnown(chain, "a decay after an update that looks at the weights cannot be read yet");
            return Optional.empty();
        }
        for (Decay decay : decays) {
            if (isInside && !decay.after().isConstant()) {
                notKnown(chain, "this decay after the velocity cannot be read yet");
                return Optional.empty();
            }
            stages.add(decay.stage());
            grows(decay);
        }
        stages.add(known.stage());
        return Optional.of(new Update(stages, rate, expansion.isFrozen()));
    }

    /** A number after the rate must be negative: what is added there is added to the weights. */
    private void grows(Decay decay) {
        OptionalInt sign = decay.course().isPresent()
                ? OptionalInt.empty()
                : OptionalInt.of(
                        decay.number().decimal().signum() * decay.after().sign());
        if (decay.after().isConstant() && sign.isPresent() && sign.getAsInt() > 0) {
            findings.add(
                    Finding.at(
                                    decay.place(),
                                    Code.SS203,
                                    "add_decayed_weights after the learning rate adds to the weights: they grow by "
                                            + decay.number().written() + " of themselves at every update")
                            .detail(
                                    "Before the learning rate it is a decay, times the rate; after it, the number must be negative."));
        }
    }

    private void notKnown(OptaxCall call, String why) {
        notKnown(Finding.at(call.place(), Code.SS010, why));
    }

    private void notKnown(Finding finding) {
        findings.add(finding);
        isKnown = false;
    }
}
