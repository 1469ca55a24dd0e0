package samestep.dialect.caffe.net;

import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import samestep.dialect.caffe.schema.CaffeSchema;
import samestep.dialect.schema.Schema;
import samestep.syntax.prototxt.PrototxtField;
import samestep.syntax.prototxt.PrototxtMessage;
import samestep.syntax.prototxt.PrototxtScalar;

/**
 * What the rules of layers are held against. Source: solver.cpp, InitTrainNet; net.cpp, FilterNet and StateMeetsRule.
 *
 * @param phase the phase's number
 * @param level the level
 * @param stages the stages
 */
record NetState(int phase, long level, Set<String> stages) {
    NetState {
        stages = Set.copyOf(stages);
    }

    /** The state that Caffe trains a net in, before net and solver have their say. */
    static NetState training() {
        return new NetState(phase("TRAIN").orElseThrow(), 0, Set.of());
    }

    private static Optional<Integer> phase(String written) {
        return CaffeSchema.schema().enumeration("Phase").find(written).map(Schema.Constant::number);
    }

    /** With what a {@code state} says instead; its stages are added. */
    NetState with(PrototxtMessage said) {
        Set<String> all = new HashSet<>(stages);
        said.fields("stage").forEach(field -> all.add(word(field)));
        return new NetState(
                phase(NetLayer.word(said, "phase")).orElse(phase),
                whole(said, "level").orElse(level),
                all);
    }

    /** Whether a layer is part of the net; a layer with both kinds of rules is one that Caffe refuses. */
    boolean includes(PrototxtMessage layer) {
        boolean excluded = layer.fields("exclude").stream().anyMatch(this::meets);
        boolean included = layer.fields("include").isEmpty()
                || layer.fields("include").stream().anyMatch(this::meets);
        return included && !excluded;
    }

    private boolean meets(PrototxtField field) {
        return field.value() instanceof PrototxtMessage rule
                && meetsPhase(NetLayer.word(rule, "phase"))
                && whole(rule, "min_level").orElse(level) <= level
                && whole(rule, "max_level").orElse(level) >= level
                && rule.fields("stage").stream().allMatch(stage -> stages.contains(word(stage)))
                && rule.fields("not_stage").stream().noneMatch(stage -> stages.contains(word(stage)));
    }

    /** A phase that only a fork has is not this one. */
    private boolean meetsPhase(String written) {
        return written.isEmpty() || phase(written).equals(Optional.of(phase));
    }

    private static String word(PrototxtField field) {
        return field.value() instanceof PrototxtScalar scalar ? scalar.value() : "";
    }

    private static OptionalLong whole(PrototxtMessage message, String name) {
        return message.last(name)
                .map(PrototxtField::value)
                .filter(PrototxtScalar.class::isInstance)
                .map(value -> ((PrototxtScalar) value).integer())
                .orElse(OptionalLong.empty());
    }
}
