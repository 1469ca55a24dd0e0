package samestep.dialect.pytorch.program;

import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import samestep.dialect.pytorch.program.model.ModuleTree;
import samestep.finding.Place;
import samestep.program.value.Mapping;
import samestep.program.value.RecordedCall;
import samestep.program.value.Sequence;
import samestep.program.value.Value;

/** Which models a loss goes through, and where it is cut off from what they compute: these get no gradients. */
final class Forward {
    private static final Set<String> CUTS = Set.of("detach", "detach_", "item", "numpy", "tolist");
    private static final Set<String> WITHOUT_GRADIENTS = Set.of("torch.no_grad", "torch.inference_mode");
    private static final int MOST = 20_000;

    private final ModelWorld world;
    private final Set<Object> used;
    private final Set<Object> reached = new HashSet<>();
    private final Map<Object, Place> cut = new LinkedHashMap<>();
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Object> seenCut = Collections.newSetFromMap(new IdentityHashMap<>());
    private boolean isOpen;

    /**
     * @param used the identities of the optimizer's parameters
     */
    Forward(ModelWorld world, Set<Object> used) {
        this.world = world;
        this.used = used;
    }

    /** Says which parameters of the optimizer the loss is cut off from, and whether it has none of them. */
    void check(Value loss, Place backward, Unread unread) {
        follow(loss, Optional.empty());
        cut.forEach((parameter, place) -> {
            if (used.contains(parameter) && !reached.contains(parameter)) {
                unread.add(place, "what a trained layer gives is without gradients here");
            }
        });
        boolean isOther = !isOpen && !reached.isEmpty() && !used.isEmpty() && Collections.disjoint(reached, used);
        if (isOther) {
            unread.add(backward, "the loss is of another model than the one whose parameters the optimizer has");
        }
    }

    private void follow(Value value, Optional<Place> isCut) {
        Object key = value instanceof Value.Made made ? made.call() : value;
        Set<Object> known = isCut.isPresent() ? seenCut : seen;
        if (!known.add(key) || known.size() > MOST) {
            isOpen |= known.size() > MOST;
            return;
        }
        if (value instanceof Value.Made made) {
            call(made.call(), isCut);
        } else {
            isOpen |= value instanceof Value.Unknown;
            parts(value).forEach(part -> follow(part, isCut));
        }
    }

    private void call(RecordedCall call, Optional<Place> isCut) {
        boolean isWithout = call.circumstances().contexts().stream()
                .anyMatch(c -> c instanceof Value.Made made
                        && WITHOUT_GRADIENTS.contains(made.call().name()));
        boolean isEnd = isWithout || CUTS.contains(call.lastName());
        Optional<Place> now = isCut.isPresent() || !isEnd ? isCut : Optional.of(call.place());
        Value callee = call.callee();
        if (world.isLayer(callee) || world.isModel(callee) || ModuleTree.isModule(callee)) {
            world.ofModel(callee).forEach(parameter -> {
                if (now.isPresent()) {
                    cut.putIfAbsent(parameter.id(), now.get());
                } else {
                    reached.add(parameter.id());
                }
            });
        } else if (callee instanceof Value.Member member) {
            follow(member.owner(), now);
        } else if (!(callee instanceof Value.Library)) {
            isOpen = true;
        }
        Stream.concat(call.positional().stream(), call.keywords().values().stream())
                .forEach(a -> follow(a.value(), now));
    }

    private static Stream<Value> parts(Value value) {
        if (value instanceof Value.Computed computed) {
            return computed.operands().stream();
        }
        if (value instanceof Value.OneOf oneOf) {
            return oneOf.alternatives().stream().map(Value.Alternative::value);
        }
        if (value instanceof Sequence sequence) {
            return Stream.concat(sequence.elements().stream(), sequence.rest().stream());
        }
        if (value instanceof Mapping mapping) {
            return mapping.entries().stream().map(Mapping.Entry::value);
        }
        if (value instanceof Value.Member member) {
            return Stream.of(member.owner());
        }
        if (value instanceof Value.Element element) {
            return Stream.of(element.owner());
        }
        if (value instanceof Value.Each each) {
            return Stream.of(each.iterable());
        }
        return value instanceof Value.Guarded guarded ? Stream.of(guarded.value()) : Stream.empty();
    }
}
