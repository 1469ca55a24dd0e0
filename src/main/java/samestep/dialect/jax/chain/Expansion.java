package samestep.dialect.jax.chain;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import samestep.dialect.jax.value.Argument;
import samestep.dialect.jax.value.OptaxCall;
import samestep.dialect.jax.value.Signatures;
import samestep.dialect.jax.value.Signatures.Signature;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.recipe.ParameterName;
import samestep.recipe.Quantity;
import samestep.recipe.Stage;

/** The transformations that a parameter's gradient goes through, one after the other: chains are opened, masks are decided. */
final class Expansion {
    private static final Pattern PART = Pattern.compile("(\\w+)\\((.*?)\\)(?:@(\\w+))?(?:\\?(!?)(\\w+))?");

    private final ParameterName parameter;
    private final List<Finding> findings;
    private final List<OptaxCall> steps = new ArrayList<>();
    private Optional<Stage.Accumulation> accumulation = Optional.empty();
    private boolean isFrozen;
    private boolean isPartial;

    Expansion(ParameterName parameter, List<Finding> findings) {
        this.parameter = parameter;
        this.findings = findings;
    }

    /** In order, with all of their arguments by name. */
    List<OptaxCall> steps() {
        return steps;
    }

    /** How many gradients become one before all of this. */
    Optional<Stage.Accumulation> accumulation() {
        return accumulation;
    }

    /** Whether the parameter does not move. */
    boolean isFrozen() {
        return isFrozen;
    }

    /** Adds what an argument of a call is. */
    void add(Argument argument, OptaxCall chain) {
        if (argument instanceof Argument.Given given) {
            add(given.call());
        } else if (argument instanceof Argument.Unknown unknown) {
            findings.add(
                    Finding.at(unknown.place(), Code.SS010, "a part of the optimizer is not known: " + unknown.why()));
        } else if (!(argument instanceof Argument.Nothing)) {
            findings.add(Finding.at(
                    chain.place(), Code.SS010, "a part of optax." + chain.name() + " is not a transformation"));
        }
    }

    void add(OptaxCall written) {
        Optional<Signature> signature = Signatures.transform(written.name());
        if (signature.isEmpty()) {
            notKnown(written, "optax." + written.name() + " cannot be read yet");
            return;
        }
        if (written.name().equals("chain") || written.name().equals("named_chain")) {
            written.positional().forEach(part -> add(unnamed(part, written), written));
            return;
        }
        OptaxCall call = Signatures.bound(written, signature.get(), findings);
        for (String part : signature.get().parts()) {
            part(call, part);
        }
        if (signature.get().parts().isEmpty()) {
            own(call);
        }
    }

    /** A part of named_chain is a pair of a name and the transformation. */
    private static Argument unnamed(Argument part, OptaxCall chain) {
        if (part instanceof Argument.Many pair && pair.values().size() == 2) {
            return pair.values().get(1);
        }
        boolean isPart = part instanceof Argument.Given || part instanceof Argument.Unknown;
        return isPart ? part : new Argument.Unknown("it is not a transformation", chain.place());
    }

    private void own(OptaxCall call) {
        switch (call.name()) {
            case "identity", "zero_nans" -> {
                // Nothing of an update in ideal arithmetic.
            }
            case "set_to_zero" -> freeze(call);
            case "masked" -> masked(call, "inner", "mask");
            case "freeze" -> {
                if (isOn(call, "mask")) {
                    freeze(call);
                }
            }
            case "flatten" -> add(call.named().getOrDefault("inner", new Argument.Nothing()), call);
            case "apply_if_finite" -> add(call.named().getOrDefault("inner", new Argument.Nothing()), call);
            case "with_extra_args_support" -> add(call.named().getOrDefault("tx", new Argument.Nothing()), call);
            case "multi_transform", "partition" -> labelled(call);
            case "MultiSteps" -> accumulated(call);
            case "add_decayed_weights" -> {
                if (isOn(call, "mask")) {
                    steps.add(call);
                }
            }
            default -> steps.add(call);
        }
    }

    /** What does not move after a clip has its gradient in the norm all the same, as Optax computes it. */
    private void freeze(OptaxCall call) {
        isFrozen = true;
        if (hasNorm(steps)) {
            notKnown(
                    call,
                    "the clip before it counts the gradients of parameters that do not move, which cannot be read yet:"
                            + " clip in the transformation of those that are trained");
        }
    }

    private static boolean hasNorm(List<OptaxCall> steps) {
        return steps.stream().anyMatch(step -> step.name().equals("clip_by_global_norm"));
    }

    /** One of the parts of an optimizer, as in the table. */
    private void part(OptaxCall whole, String written) {
        Matcher part = PART.matcher(written);
        if (!part.matches()) {
            throw new IllegalArgumentException("the table has: " + written);
        }
        String condition = part.group(5);
        if (condition != null && isGiven(whole, condition) == part.group(4).equals("!")) {
            return;
        }
        Map<String, Argument> arguments = new LinkedHashMap<>();
        for (String argument :
                part.group(2).isEmpty() ? new String[0] : part.group(2).split(", ")) {
            String[] words = argument.split("=");
            String from = words[words.length - 1];
            Argument value = from.startsWith("!")
                    ? Signatures.argument(from.substring(1), "optax." + whole.name())
                    : whole.named().get(from);
            if (value != null) {
                arguments.put(words[0], value);
            }
        }
        OptaxCall call = new OptaxCall(part.group(1), List.of(), arguments, whole.place());
        if (part.group(3) != null && !isOn(whole, part.group(3))) {
            isPartial = true;
            return;
        }
        add(call);
    }

    private static boolean isGiven(OptaxCall call, String name) {
        Argument value = call.named().getOrDefault(name, new Argument.Nothing());
        return !(value instanceof Argument.Nothing) && !(value instanceof Argument.Flag flag && !flag.on());
    }

    /** Whether a mask holds for the parameter. None holds for all; what is left out goes through unchanged. */
    private boolean isOn(OptaxCall call, String name) {
        Argument mask = call.named().getOrDefault(name, new Argument.Nothing());
        if (mask instanceof Argument.Nothing) {
            return true;
        }
        if (mask instanceof Argument.Flag flag) {
            return flag.on();
        }
        if (mask instanceof Argument.Tree tree) {
            if (tree.at(parameter).isEmpty()) {
                notKnown(
                        call,
                        "the " + name.replace('_', ' ') + " of optax." + call.name() + " does not name " + parameter);
            }
            return tree.at(parameter).equals(Optional.of(Argument.Tree.TRUE));
        }
        boolean isUnknown = mask instanceof Argument.Unknown;
        findings.add(Finding.at(
                mask instanceof Argument.Unknown unknown ? unknown.place() : call.place(),
                Code.SS010,
                "which parameters the " + name.replace('_', ' ') + " of optax." + call.name()
                        + " leaves out is not known" + (isUnknown ? ": " + ((Argument.Unknown) mask).why() : "")));
        return true;
    }

    private void masked(OptaxCall call, String inner, String mask) {
        Argument part = call.named().getOrDefault(inner, new Argument.Nothing());
        if (isOn(call, mask)) {
            inPart(part, call);
        }
    }

    /** What is done to some parameters only; a norm over these is not the norm over all parameters. */
    private void inPart(Argument part, OptaxCall call) {
        int before = steps.size();
        boolean isWhole = call.named().get("mask") instanceof Argument.Flag flag && flag.on();
        add(part, call);
        if (hasNorm(steps.subList(before, steps.size())) && !isWhole) {
            notKnown(call, "a clip by the norm of some parameters' gradients together cannot be read yet");
        }
    }

    private void labelled(OptaxCall call) {
        Argument transforms = call.named().getOrDefault("transforms", new Argument.Nothing());
        Argument labels = call.named().getOrDefault("param_labels", new Argument.Nothing());
        if (!(transforms instanceof Argument.Table table)) {
            notKnown(call, "the transformations of optax." + call.name() + " are not known");
            return;
        }
        if (!(labels instanceof Argument.Tree tree)) {
            String why = labels instanceof Argument.Unknown unknown ? ": " + unknown.why() : "";
            notKnown(call, "which parameters have which label is not known" + why);
            return;
        }
        String label = tree.at(parameter).orElse("");
        Argument part = table.entries().get(label);
        if (part == null) {
            notKnown(call, "optax." + call.name() + " has no transformation for the label " + label);
            return;
        }
        boolean othersRest = table.entries().entrySet().stream()
                .filter(entry -> !entry.getKey().equals(label))
                .allMatch(entry -> entry.getValue() instanceof Argument.Given given
                        && given.call().name().equals("set_to_zero"));
        if (othersRest) {
            add(part, call);
        } else {
            inPart(part, call);
        }
    }

    private void accumulated(OptaxCall call) {
        Argument every = call.named().getOrDefault("every_k_schedule", new Argument.Nothing());
        Optional<Integer> count = every.number()
                .map(Quantity::decimal)
                .filter(n -> n.stripTrailingZeros().scale() <= 0
                        && n.signum() > 0
                        && n.compareTo(BigDecimal.valueOf(Stage.Accumulation.MOST)) <= 0)
                .map(BigDecimal::intValue);
        if (count.isEmpty() || accumulation.isPresent() || !steps.isEmpty()) {
            notKnown(call, "how many gradients optax.MultiSteps makes one of, and when, is not known");
            return;
        }
        boolean mean = !(call.named().get("use_grad_mean") instanceof Argument.Flag flag) || flag.on();
        if (count.get() > 1) {
            accumulation = Optional.of(new Stage.Accumulation(count.get(), mean));
        }
        add(call.named().getOrDefault("opt", new Argument.Nothing()), call);
    }

    /** Whether the part that makes a step as long as the weight is left out for the parameter. */
    boolean isPartial() {
        return isPartial;
    }

    private void notKnown(OptaxCall call, String why) {
        findings.add(Finding.at(call.place(), Code.SS010, why));
    }
}
