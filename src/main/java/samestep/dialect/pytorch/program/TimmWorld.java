package samestep.dialect.pytorch.program;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.pytorch.program.model.ModelParameter;
import samestep.dialect.pytorch.program.model.ModuleTree;
import samestep.dialect.pytorch.program.table.ModuleTable;
import samestep.dialect.pytorch.timm.TimmOptimizers;
import samestep.program.World.Calls;
import samestep.program.value.Arguments;
import samestep.program.value.BoundMethod;
import samestep.program.value.FunctionValue;
import samestep.program.value.Instance;
import samestep.program.value.Mapping;
import samestep.program.value.Origin;
import samestep.program.value.RecordedCall;
import samestep.program.value.RecordedCall.Argument;
import samestep.program.value.Sequence;
import samestep.program.value.Value;

/**
 * What timm's functions make of a model: parameter groups by its rule, and an optimizer by its name. Source:
 * timm/optim/_param_groups.py and _optim_factory.py of timm 1.0.31.
 */
final class TimmWorld {
    private static final String PACKAGE = "timm.optim.";
    private static final Set<String> RULES = Set.of("param_groups_weight_decay", "add_weight_decay");
    private static final Set<String> FLAGS = Set.of("nesterov", "decoupled_weight_decay", "no_prox");
    private static final List<String> POSITIONS = List.of("model_or_params", "opt", "lr", "weight_decay", "momentum");
    /** What makes other groups than the rule. */
    private static final Set<String> OTHERS =
            Set.of("layer_decay", "param_group_fn", "fallback_list", "fallback_no_weight_decay");

    private final RecordedCall call;
    private final Calls calls;
    private final ModelWorld world;

    private TimmWorld(RecordedCall call, Calls calls, ModelWorld world) {
        this.call = call;
        this.calls = calls;
        this.world = world;
    }

    /** Whether a call is one of the rule that sorts parameters by their dimensions. */
    static boolean isRule(RecordedCall call) {
        return call.name().startsWith(PACKAGE)
                && (RULES.contains(call.lastName()) || call.lastName().equals("create_optimizer_v2"));
    }

    /** What a call of timm gives; empty of another one, or where it is not known. */
    static Optional<Value> result(RecordedCall call, Calls calls, ModelWorld world) {
        if (!isRule(call) || call.isOpen()) {
            return Optional.empty();
        }
        TimmWorld timm = new TimmWorld(call, calls, world);
        return RULES.contains(call.lastName()) ? timm.groups() : timm.optimizer();
    }

    private Optional<Value> given(String name, int position) {
        return call.argument(name, position).map(Argument::value).filter(v -> !(v instanceof Value.None));
    }

    private Optional<Value> groups() {
        boolean isOld = call.lastName().equals("add_weight_decay");
        boolean isPlain = OTHERS.stream().noneMatch(name -> call.keyword(name).isPresent())
                && call.positional().size() <= (isOld ? 3 : 2)
                && call.keyword("weight_decay_exclude_1d").isEmpty();
        Optional<Value> names = given(isOld ? "skip_list" : "no_weight_decay_list", isOld ? 2 : -1);
        Value decay = given("weight_decay", 1).orElse(Value.Number.of(new BigDecimal("1e-5"), Origin.NONE));
        return isPlain ? given("model", 0).flatMap(model -> grouped(model, decay, names)) : Optional.empty();
    }

    /** Those of one dimension and those that are named by themselves, then the others. */
    private Optional<Value> grouped(Value model, Value decay, Optional<Value> names) {
        Optional<List<String>> left = names.isEmpty() ? Optional.of(List.of()) : names.flatMap(WrittenGroups::texts);
        if (left.isEmpty() || left.get().stream().anyMatch(name -> name.contains("*"))) {
            return Optional.empty();
        }
        List<Value> without = new ArrayList<>();
        List<Value> with = new ArrayList<>();
        for (ModelParameter parameter : world.ofModel(model)) {
            String name = parameter.path().orElse("");
            Optional<Boolean> isVector =
                    name.endsWith(".bias") || left.get().contains(name) ? Optional.of(true) : parameter.hasAtMost(1);
            if (isVector.isEmpty()) {
                return Optional.empty();
            }
            (isVector.get() ? without : with).add(world.value(parameter));
        }
        List<Value> groups = new ArrayList<>();
        add(groups, without, Value.Number.of(BigDecimal.ZERO, Origin.NONE));
        add(groups, with, decay);
        return Optional.of(new Sequence(Sequence.Kind.LIST, groups, Optional.of(call.place())));
    }

    private void add(List<Value> groups, List<Value> parameters, Value decay) {
        if (!parameters.isEmpty()) {
            Mapping group = new Mapping(Mapping.DICT, Optional.of(call.place()));
            group.put("params", new Sequence(Sequence.Kind.LIST, parameters, Optional.of(call.place())));
            group.put("weight_decay", decay);
            groups.add(group);
        }
    }

    private Optional<Value> optimizer() {
        boolean isPlain = OTHERS.stream().allMatch(name -> given(name, -1).isEmpty())
                && call.positional().size() <= POSITIONS.size();
        Optional<TimmOptimizers.Known> known = given("opt", 1)
                .or(() -> Optional.of(new Value.Text("sgd", Origin.NONE)))
                .filter(Value.Text.class::isInstance)
                .flatMap(opt -> TimmOptimizers.of(((Value.Text) opt).value().toLowerCase(Locale.ROOT)));
        Optional<Value> first = given("model_or_params", 0);
        if (!isPlain || known.isEmpty() || first.isEmpty()) {
            return Optional.empty();
        }
        Value decay = given("weight_decay", 3).orElse(Value.Number.of(BigDecimal.ZERO, Origin.NONE));
        boolean isModel = isModel(first.get());
        boolean isFiltered = given("filter_bias_and_bn", -1)
                .map(v -> v instanceof Value.Bool bool && bool.value())
                .orElse(true);
        if (isModel && !isFiltered) {
            return Optional.empty();
        }
        Optional<Value> params = isModel ? grouped(first.get(), decay, unweighted(first.get())) : first;
        return params.map(p -> made(known.get(), p, isModel ? Optional.empty() : Optional.of(decay)));
    }

    private boolean isModel(Value value) {
        return ModuleTree.isModule(value)
                || value instanceof Value.Made made
                        && (ModuleTable.isModule(made.call())
                                || made.call().lastName().startsWith("create_model"));
    }

    /** The names that a model of the program leaves out of the decay. */
    private Optional<Value> unweighted(Value model) {
        return model instanceof Instance instance
                ? instance.type()
                        .attribute("no_weight_decay")
                        .filter(FunctionValue.class::isInstance)
                        .map(method -> calls.call(
                                new BoundMethod(instance, (FunctionValue) method), Arguments.of(call.place())))
                : Optional.empty();
    }

    private Value made(TimmOptimizers.Known known, Value params, Optional<Value> decay) {
        Map<String, Argument> arguments = new LinkedHashMap<>();
        given("lr", 2).ifPresent(lr -> arguments.put("lr", new Argument(lr, place("lr", 2))));
        decay.ifPresent(wd -> arguments.put("weight_decay", new Argument(wd, place("weight_decay", 3))));
        if (decay.isEmpty()) {
            Value none = Value.Number.of(BigDecimal.ZERO, Origin.NONE);
            arguments.put("weight_decay", new Argument(none, call.place()));
        }
        call.keywords().forEach((name, argument) -> {
            boolean isDropped = (name.equals("eps") || name.equals("betas"))
                    && !known.takes().contains(name);
            boolean isOurs = POSITIONS.contains(name)
                    || OTHERS.contains(name)
                    || name.equals("filter_bias_and_bn")
                    || name.equals("foreach");
            if (!isDropped && !isOurs) {
                arguments.put(name, argument);
            }
        });
        known.sets().forEach((name, text) -> arguments.putIfAbsent(name, new Argument(set(name, text), call.place())));
        if (known.takes().contains("momentum")) {
            Value momentum = given("momentum", 4).orElse(Value.Number.of(new BigDecimal("0.9"), Origin.NONE));
            arguments.putIfAbsent("momentum", new Argument(momentum, place("momentum", 4)));
        }
        List<Argument> first = List.of(new Argument(params, place("model_or_params", 0)));
        return calls.call(Value.Library.of(known.classPath()), new Arguments(first, arguments, Optional.empty()));
    }

    private samestep.finding.Place place(String name, int position) {
        return call.argument(name, position).map(Argument::place).orElse(call.place());
    }

    private static Value set(String name, String text) {
        return FLAGS.contains(name)
                ? new Value.Bool(text.equals("1"), Origin.NONE)
                : Value.Number.of(new BigDecimal(text), Origin.NONE);
    }
}
