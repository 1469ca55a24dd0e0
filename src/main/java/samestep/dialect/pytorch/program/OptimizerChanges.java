package samestep.dialect.pytorch.program;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import samestep.dialect.pytorch.program.table.InPlace;
import samestep.finding.Code;
import samestep.finding.Finding;
import samestep.finding.Place;
import samestep.program.Trace;
import samestep.program.value.Event;
import samestep.program.value.Mapping;
import samestep.program.value.RecordedCall;
import samestep.program.value.Sequence;
import samestep.program.value.Show;
import samestep.program.value.Value;

/**
 * What a program changes of its optimizer by itself: what its groups say ({@code group['lr'] = ...}, {@code
 * param_groups[0].update(...)}), its state, its methods, and those of its class.
 */
final class OptimizerChanges {
    /** The list of groups, a group, or a value of a group; not the parameters in it. */
    private static final Pattern OF_GROUPS = Pattern.compile(".*param_groups(\\[[^\\]]*\\])?(\\['\\w+'\\])?");

    private static final Set<String> MUTATING = Set.of(
            "update",
            "pop",
            "popitem",
            "append",
            "extend",
            "insert",
            "remove",
            "clear",
            "setdefault",
            "reverse",
            "sort",
            "__setitem__",
            "__delitem__");
    private static final Set<String> SETTING =
            Set.of("setitem", "delitem", "ior", "iadd", "imul", "__setattr__", "__setitem__", "__delitem__", "update");
    /** What PyTorch's optimizers have, and a program may replace. */
    private static final Set<String> OWN =
            Set.of("param_groups", "defaults", "state", "step", "zero_grad", "add_param_group", "load_state_dict");

    private static final String[] LIBRARIES = {"torch.optim", "torch.nn", "torch.Tensor", "torch.autograd"};
    private static final int DEEPEST = 12;

    private final Trace trace;
    private final List<RecordedCall> optimizer;
    private final Unread unread;
    private final List<Finding> findings;
    private final Set<Event> known;
    private final Set<Place> seen = new HashSet<>();
    private boolean isRateChanged;

    /**
     * @param known what is read elsewhere
     */
    OptimizerChanges(
            Trace trace, List<RecordedCall> optimizer, Set<Event> known, Unread unread, List<Finding> findings) {
        this.known = known;
        this.trace = trace;
        this.optimizer = optimizer;
        this.unread = unread;
        this.findings = findings;
    }

    /** Says what is changed, once for each place; whether it is the rate. */
    boolean check() {
        Set<Object> dicts = new HashSet<>();
        for (Event event : trace.events()) {
            if (event instanceof RecordedCall call && isGivenGroups(call)) {
                call.positional().forEach(a -> containers(a.value(), dicts));
                call.keywords().values().forEach(a -> containers(a.value(), dicts));
            }
            if (event instanceof Event.ContainerChanged changed && dicts.contains(changed.container())) {
                unread.add(changed.place(), "a dict that is a group of the optimizer is changed here");
            } else if (event instanceof Event.ElementSet set) {
                element(set);
            } else if (event instanceof Event.AttributeSet set) {
                attribute(set);
            } else if (event instanceof RecordedCall call && call.owner().isPresent()) {
                call(call, call.owner().get());
            } else if (event instanceof RecordedCall call && isSetting(call)) {
                changed(Optional.empty(), call.place());
            }
        }
        return isRateChanged;
    }

    /** A function that sets something of its first argument: {@code operator.setitem(group, 'lr', 1)}. */
    private boolean isSetting(RecordedCall call) {
        boolean isNamed = SETTING.contains(call.lastName());
        return isNamed
                && call.positional().stream()
                        .limit(1)
                        .map(RecordedCall.Argument::value)
                        .anyMatch(value -> isGroup(value) || isOptimizer(value));
    }

    private boolean isGivenGroups(RecordedCall call) {
        return optimizer.contains(call)
                || call.lastName().equals("add_param_group")
                        && call.owner().filter(this::isOptimizer).isPresent();
    }

    /** The dicts in a value, and what is in them. Source: torch/optim/optimizer.py, which keeps them and copies lists of them. */
    private static void containers(Value value, Set<Object> dicts) {
        if (value instanceof Mapping mapping) {
            dicts.add(mapping.identity());
            mapping.entries().forEach(entry -> {
                if (entry.value() instanceof Sequence list) {
                    dicts.add(list.identity());
                }
            });
        } else if (value instanceof Sequence list) {
            list.elements().forEach(element -> containers(element, dicts));
        } else if (value instanceof Value.Guarded guarded) {
            containers(guarded.value(), dicts);
        }
    }

    private void element(Event.ElementSet set) {
        if (known.contains(set)) {
            return;
        }
        if (isGroup(set.owner())) {
            changed(Optional.of(set.index()), set.place());
        } else if (isOfState(set.owner())) {
            state(set.place());
        }
    }

    private void attribute(Event.AttributeSet set) {
        if (isOptimizer(set.owner()) && OWN.contains(set.name())) {
            if (set.name().equals("param_groups")) {
                changed(Optional.empty(), set.place());
            } else {
                unread.add(set.place(), "the optimizer's " + set.name() + " is replaced here");
            }
        } else if (set.owner() instanceof Value.Library library && isOfTorch(library.name())) {
            unread.add(set.place(), library.name() + "." + set.name() + " is replaced here");
        }
    }

    private static boolean isOfTorch(String name) {
        for (String library : LIBRARIES) {
            if (name.equals(library) || name.startsWith(library + ".")) {
                return true;
            }
        }
        return false;
    }

    private void call(RecordedCall call, Value owner) {
        String name = call.lastName();
        if ((name.equals("__setattr__") || name.equals("__delattr__") || name.equals("__setstate__"))
                        && isOptimizer(owner)
                || MUTATING.contains(name)
                        && owner instanceof Value.Member dict
                        && dict.name().equals("__dict__")
                        && isOptimizer(dict.owner())) {
            changed(Optional.empty(), call.place());
            return;
        }
        boolean isMutating = MUTATING.contains(name) || InPlace.is(name);
        if (isMutating && isGroup(owner)) {
            groupCall(call, owner, name);
        } else if ((isMutating || name.equals("zero_")) && isOfState(owner)) {
            state(call.place());
        } else if (name.equals("load_state_dict")
                && isOptimizer(owner)
                && !call.circumstances().isConditional()) {
            unread.add(call.place(), "the optimizer's numbers are those of what is loaded here");
        }
    }

    private void groupCall(RecordedCall call, Value owner, String name) {
        String path = Show.path(owner);
        if (InPlace.is(name) && path.endsWith("']")) {
            changed(Optional.of(((Value.Element) owner).index()), call.place());
            return;
        }
        boolean isKeyed = name.equals("__setitem__") || name.equals("setdefault") || name.equals("pop");
        if (isKeyed && !call.positional().isEmpty()) {
            changed(Optional.of(call.positional().get(0).value()), call.place());
            return;
        }
        Optional<Value> first =
                call.positional().stream().map(RecordedCall.Argument::value).findFirst();
        boolean isKnown = first.isEmpty()
                || first.get() instanceof Mapping mapping && mapping.rest().isEmpty();
        if (!name.equals("update") || !isKnown || call.isOpen()) {
            changed(Optional.empty(), call.place());
            return;
        }
        call.keywords().keySet().forEach(key -> named(key, call.place()));
        first.filter(Mapping.class::isInstance)
                .ifPresent(v -> ((Mapping) v).entries().forEach(e -> changed(Optional.of(e.key()), call.place())));
    }

    private void changed(Optional<Value> key, Place place) {
        if (key.isPresent() && key.get() instanceof Value.Text text) {
            named(text.value(), place);
        } else if (seen.add(place)) {
            isRateChanged = true;
            findings.add(Finding.at(
                    place, Code.SS010, "the program changes the optimizer's groups here, which cannot be read yet"));
        }
    }

    private void named(String name, Place place) {
        if (name.equals("lr")) {
            isRateChanged = true;
        }
        if (!seen.add(place)) {
            return;
        }
        findings.add(
                name.equals("lr")
                        ? Finding.at(place, Code.SS441, "the program's own code sets the rate; this is not read yet")
                                .detail("The rates of the updates are not known; lr is what the optimizer is made"
                                        + " with.")
                        : Finding.at(
                                place,
                                Code.SS010,
                                "the program sets " + name + " of the optimizer's groups, which cannot be read yet"));
    }

    private void state(Place place) {
        unread.add(place, "the program's own code changes the optimizer's state here");
    }

    private boolean isOptimizer(Value value) {
        return value instanceof Value.Made made && optimizer.contains(made.call());
    }

    private boolean isGroup(Value value) {
        return !optimizer.isEmpty() && isOfGroups(value);
    }

    /** Whether it is the list of groups of an optimizer, a group, or a value of one. */
    static boolean isOfGroups(Value value) {
        return OF_GROUPS.matcher(Show.path(value)).matches();
    }

    /** {@code optimizer.state}, and what is in it. */
    private boolean isOfState(Value value) {
        Value at = value;
        for (int i = 0; i < DEEPEST; i++) {
            if (at instanceof Value.Member member) {
                if (isOptimizer(member.owner())) {
                    return member.name().equals("state");
                }
                at = member.owner();
            } else if (at instanceof Value.Element element) {
                at = element.owner();
            } else if (at instanceof Value.Each each) {
                at = each.iterable();
            } else if (at instanceof Value.Made made && made.call().owner().isPresent()) {
                at = made.call().owner().get();
            } else {
                return false;
            }
        }
        return false;
    }
}
