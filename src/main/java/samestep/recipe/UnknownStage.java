package samestep.recipe;

import java.util.List;
import java.util.Map;
import samestep.equation.Equations;
import samestep.equation.parse.EquationParser;

/**
 * Something that happens and whose equations are not known, such as a constraint of your own. Nothing that has one can
 * be run, and it is the same only as itself.
 *
 * @param what its name and configuration, as in the source
 * @param identity what must be equal besides, where the name alone does not say what it does: the text of a program
 */
public record UnknownStage(String what, String identity) implements Stage {
    private static final Equations NOTHING = EquationParser.parseOwn("unknown", "optimizer unknown\nw = w");

    /** One whose name and configuration say all. */
    public UnknownStage(String what) {
        this(what, "");
    }

    @Override
    public Equations equations() {
        return NOTHING;
    }

    @Override
    public Map<String, Quantity> values() {
        return Map.of();
    }

    @Override
    public List<Object> behaviour() {
        return List.of("unknown", what, identity);
    }
}
