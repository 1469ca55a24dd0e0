package samestep.dialect.pytorch.program;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.pytorch.object.ParameterGroup;
import samestep.dialect.pytorch.object.ParameterNames;
import samestep.dialect.pytorch.object.PytorchConfiguration;
import samestep.dialect.pytorch.program.model.ModelParameter;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.program.Trace;
import samestep.program.value.Event;
import samestep.program.value.Instance;
import samestep.program.value.RecordedCall;
import samestep.program.value.Value;
import samestep.recipe.ParameterName;
import samestep.recipe.Role;

/** Names the parameters of groups as the model that is trained names them. */
final class Grouping {
    private final Trace trace;
    private final ModelWorld world;
    private final List<Finding> findings;
    private final Map<Object, ParameterName> names = new HashMap<>();

    Grouping(Trace trace, ModelWorld world, List<Finding> findings) {
        this.trace = trace;
        this.world = world;
        this.findings = findings;
    }

    /** The configuration with its groups, and with the parameters that are not trained. */
    PytorchConfiguration with(PytorchConfiguration configuration, List<Groups.Group> groups) {
        List<ModelParameter> used =
                groups.stream().flatMap(g -> g.parameters().stream()).toList();
        boolean areStandIns = used.stream().allMatch(ModelParameter::isStandIn);
        if (!areStandIns && used.stream().anyMatch(ModelParameter::isStandIn)) {
            findings.add(Finding.at(
                    groups.get(0).place(),
                    Code.SS010,
                    "some of the optimizer's parameters are of a model that is in the program, some are not;"
                            + " this cannot be read yet"));
            return configuration;
        }
        return areStandIns ? standIns(configuration, groups) : named(configuration, groups, used);
    }

    /** These parameters, as a stage before the step names them. */
    ParameterGroup.Members members(List<ModelParameter> parameters) {
        if (parameters.stream().allMatch(ModelParameter::isStandIn)) {
            Set<Role> roles = EnumSet.noneOf(Role.class);
            parameters.forEach(p -> roles.add(p.role()));
            return roles.containsAll(ParameterNames.USUAL_ROLES)
                    ? new ParameterGroup.Members.Rest()
                    : new ParameterGroup.Members.OfRole(roles);
        }
        return new ParameterGroup.Members.Named(parameters.stream()
                .map(p -> names.getOrDefault(p.id(), p.name()))
                .distinct()
                .toList());
    }

    private PytorchConfiguration standIns(PytorchConfiguration configuration, List<Groups.Group> groups) {
        if (groups.stream()
                                .flatMap(g -> g.parameters().stream())
                                .map(p -> samestep.program.value.Keys.of(p.model()))
                                .distinct()
                                .count()
                        > 1
                && groups.size() > 1) {
            findings.add(Finding.at(
                    groups.get(1).place(),
                    Code.SS010,
                    "parameter groups of several models, or of parts of one, that are not in the program;"
                            + " which layers they have is not known"));
        }
        List<ParameterGroup> all = new ArrayList<>();
        Set<Role> left = EnumSet.copyOf(ParameterNames.USUAL_ROLES);
        for (Groups.Group group : groups) {
            Set<Role> roles = EnumSet.noneOf(Role.class);
            group.parameters().forEach(p -> roles.add(p.role()));
            roles.retainAll(left);
            left.removeAll(roles);
            if (!roles.isEmpty()) {
                all.add(new ParameterGroup(new ParameterGroup.Members.OfRole(roles), group.arguments()));
            }
        }
        List<ParameterName> frozen = left.stream()
                .map(role -> new ParameterName(ParameterName.ANY_LAYER, role))
                .toList();
        PytorchConfiguration whole = configuration.withFrozen(frozen);
        boolean isOne = all.size() == 1 && left.isEmpty();
        return isOne && all.get(0).arguments().isEmpty() ? whole : whole.withGroups(all);
    }

    private PytorchConfiguration named(
            PytorchConfiguration configuration, List<Groups.Group> groups, List<ModelParameter> used) {
        Optional<List<ModelParameter>> root = root(used);
        if (root.isEmpty()) {
            findings.add(Finding.at(
                    groups.get(0).place(),
                    Code.SS010,
                    "the optimizer's parameters are of several models; this cannot be read yet"));
            return configuration;
        }
        String prefix = prefix(root.get());
        root.get().forEach(p -> names.put(p.id(), p.named(prefix + p.path().orElse(""))));
        Set<Object> frozen = frozen(root.get());
        Set<ParameterName> taken = new LinkedHashSet<>();
        List<ParameterGroup> all = new ArrayList<>();
        for (Groups.Group group : groups) {
            Set<ParameterName> own = new LinkedHashSet<>();
            group.parameters().forEach(p -> own.add(names.getOrDefault(p.id(), p.name())));
            shared(group, own, taken);
            own.removeAll(taken);
            taken.addAll(own);
            all.add(new ParameterGroup(new ParameterGroup.Members.Named(List.copyOf(own)), group.arguments()));
        }
        Set<Object> ids = new HashSet<>();
        used.forEach(p -> ids.add(p.id()));
        List<ParameterName> still = root.get().stream()
                .filter(p -> !ids.contains(p.id()) || frozen.contains(p.id()))
                .map(p -> names.getOrDefault(p.id(), p.name()))
                .distinct()
                .toList();
        return configuration.withGroups(all).withFrozen(still);
    }

    /** Two parameters of a module of the program that have one role have one name here: groups cannot tell them apart. */
    private void shared(Groups.Group group, Set<ParameterName> own, Set<ParameterName> taken) {
        own.stream()
                .filter(taken::contains)
                .findFirst()
                .ifPresent(name -> findings.add(Finding.at(
                        group.place(),
                        Code.SS010,
                        "parameters of " + name + " are in two groups, and cannot be told apart here")));
    }

    /** A layer that is set on a model which is not in the program, {@code model.fc = nn.Linear(512, 10)}, has that name. */
    private String prefix(List<ModelParameter> root) {
        Value model = root.get(0).model();
        return trace.events().stream()
                .filter(Event.AttributeSet.class::isInstance)
                .map(Event.AttributeSet.class::cast)
                .filter(set -> set.value().equals(model))
                .map(set -> set.name() + ".")
                .findFirst()
                .orElse("");
    }

    /** The parameters of the model that all of these are of: the largest one that the program uses. */
    private Optional<List<ModelParameter>> root(List<ModelParameter> used) {
        Set<Value> models = new LinkedHashSet<>();
        used.forEach(p -> models.add(p.model()));
        for (RecordedCall call : trace.calls()) {
            if (call.callee() instanceof Instance) {
                models.add(call.callee());
            }
            call.owner().filter(Instance.class::isInstance).ifPresent(models::add);
        }
        Set<Object> ids = new HashSet<>();
        used.forEach(p -> ids.add(p.id()));
        return models.stream()
                .filter(model -> world.isKnown(model) || !(model instanceof Instance))
                .map(world::ofModel)
                .filter(all -> {
                    Set<Object> own = new HashSet<>();
                    all.forEach(p -> own.add(p.id()));
                    return own.containsAll(ids);
                })
                .max(java.util.Comparator.comparingInt(List::size));
    }

    /** Those of which {@code requires_grad} is off, whatever it depends on is said. */
    private Set<Object> frozen(List<ModelParameter> root) {
        Set<Object> known = new HashSet<>();
        root.forEach(p -> known.add(p.id()));
        Set<Object> off = new HashSet<>();
        root.stream().filter(ModelParameter::isStill).forEach(p -> off.add(p.id()));
        for (Event event : trace.events()) {
            if (event instanceof Event.AttributeSet set && set.name().equals("requires_grad")) {
                Optional<ModelParameter> parameter = world.parameter(set.owner());
                if (parameter.isEmpty() || !known.contains(parameter.get().id())) {
                    continue;
                }
                if (!(set.value() instanceof Value.Bool bool)
                        || set.circumstances().isConditional()) {
                    findings.add(Finding.at(
                            set.place(), Code.SS010, "whether these parameters are trained depends on the run"));
                    return off;
                }
                if (bool.value()) {
                    off.remove(parameter.get().id());
                } else {
                    off.add(parameter.get().id());
                }
            }
        }
        return off;
    }
}
