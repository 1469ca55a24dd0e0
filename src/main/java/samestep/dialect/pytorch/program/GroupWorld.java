package samestep.dialect.pytorch.program;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import samestep.dialect.pytorch.object.Signatures;
import samestep.dialect.pytorch.program.table.Optimizers;
import samestep.finding.Place;
import samestep.program.value.Mapping;
import samestep.program.value.Origin;
import samestep.program.value.RecordedCall;
import samestep.program.value.Sequence;
import samestep.program.value.Show;
import samestep.program.value.Value;

/**
 * The groups that an optimizer was made with, as a program asks for them while it is followed: {@code optimizer.param_groups[0]['lr']}.
 * What a scheduler may have set is not answered.
 */
final class GroupWorld {
    /** A loop over more groups is not taken turn by turn. */
    private static final int MOST = 32;

    private static final Set<String> MUTATING = Set.of(
            "update",
            "setdefault",
            "pop",
            "popitem",
            "clear",
            "append",
            "extend",
            "insert",
            "remove",
            "load_state_dict",
            "__setitem__",
            "__delitem__",
            "__setattr__");

    private final ModelWorld world;
    private final Place place;
    private final Map<RecordedCall, List<Mapping>> added = new HashMap<>();
    private boolean isOpen;

    GroupWorld(ModelWorld world, Place place) {
        this.world = world;
        this.place = place;
    }

    /** Sees each call, which may change groups. */
    void called(RecordedCall call) {
        Optional<Value> owner = call.owner();
        if (Schedulers.isScheduler(call)) {
            isOpen = true;
        } else if (owner.isPresent() && call.lastName().equals("add_param_group")) {
            boolean isKnown = owner.get() instanceof Value.Made
                    && !call.circumstances().isConditional()
                    && !call.circumstances().isRepeated()
                    && call.positional().size() == 1
                    && call.positional().get(0).value() instanceof Mapping;
            isOpen |= !isKnown;
            if (isKnown) {
                added.computeIfAbsent(((Value.Made) owner.get()).call(), o -> new ArrayList<>())
                        .add((Mapping) call.positional().get(0).value());
            }
        } else if (owner.isPresent() && MUTATING.contains(call.lastName())) {
            String path = Show.path(owner.get());
            isOpen |= path.contains("param_groups")
                    || path.contains("__dict__")
                    || owner.get() instanceof Value.Made made
                            && Optimizers.classPath(made.call()).isPresent();
        }
    }

    /** The groups of an optimizer, as elements of its list; empty of another value, or where they are not known. */
    Optional<List<Value>> elements(Value iterable) {
        return optimizer(iterable)
                .flatMap(this::of)
                .filter(groups -> groups.size() <= MOST)
                .map(groups -> {
                    List<Value> all = new ArrayList<>();
                    for (int i = 0; i < groups.size(); i++) {
                        all.add(new Value.Element(iterable, Value.Number.of(i, Origin.NONE), place));
                    }
                    return all;
                });
    }

    /** What a group was made with; empty of another value, and of parameters. */
    Optional<Value> item(Value owner, Value index) {
        boolean isAsked = !isOpen
                && index instanceof Value.Text key
                && !key.value().equals("params")
                && owner instanceof Value.Element group
                && group.index() instanceof Value.Number number
                && number.small().isPresent()
                && optimizer(group.owner()).isPresent();
        if (!isAsked) {
            return Optional.empty();
        }
        Value.Element group = (Value.Element) owner;
        return number(
                optimizer(group.owner()).orElseThrow(),
                ((Value.Number) group.index()).small().orElseThrow(),
                ((Value.Text) index).value());
    }

    /** What a group of an optimizer was made with: its own entry, or the optimizer's argument. */
    Optional<Value> number(RecordedCall optimizer, int group, String name) {
        Optional<List<Optional<Mapping>>> groups = of(optimizer);
        return groups.isPresent() && group >= 0 && group < groups.get().size()
                ? groups.get().get(group).flatMap(own -> own.get(name)).or(() -> argument(optimizer, name))
                : Optional.empty();
    }

    /** An argument that an optimizer was made with. */
    private static Optional<Value> argument(RecordedCall optimizer, String name) {
        return Optimizers.classPath(optimizer)
                .flatMap(path -> Signatures.arguments(optimizer, path))
                .flatMap(arguments -> Optional.ofNullable(arguments.get(name)))
                .map(RecordedCall.Argument::value);
    }

    private static Optional<RecordedCall> optimizer(Value groups) {
        return groups instanceof Value.Member member
                        && member.name().equals("param_groups")
                        && member.owner() instanceof Value.Made made
                        && Optimizers.classPath(made.call()).isPresent()
                ? Optional.of(made.call())
                : Optional.empty();
    }

    /** What each group says by itself: nothing where the optimizer was given parameters. */
    private Optional<List<Optional<Mapping>>> of(RecordedCall optimizer) {
        if (optimizer.isOpen()) {
            return Optional.empty();
        }
        return optimizer.argument("params", 0).flatMap(a -> given(a.value())).map(all -> {
            List<Optional<Mapping>> both = new ArrayList<>(all);
            added.getOrDefault(optimizer, List.of()).forEach(more -> both.add(Optional.of(more)));
            return both;
        });
    }

    private Optional<List<Optional<Mapping>>> given(Value params) {
        boolean areGroups = params instanceof Sequence sequence
                && sequence.isComplete()
                && !sequence.elements().isEmpty()
                && sequence.elements().stream()
                        .allMatch(e -> e instanceof Mapping m && m.rest().isEmpty());
        if (areGroups) {
            return Optional.of(((Sequence) params)
                    .elements().stream().map(e -> Optional.of((Mapping) e)).toList());
        }
        return Members.of(params, world).unknown().isEmpty()
                ? Optional.of(List.of(Optional.empty()))
                : Optional.empty();
    }
}
