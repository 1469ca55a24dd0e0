package samestep.program.run;

import java.util.Optional;
import samestep.program.value.Value;

/** How a statement ends. */
record Flow(Kind kind, Optional<Value> value) {
    enum Kind {
        NORMAL,
        BREAK,
        CONTINUE,
        RETURN,
        RAISE
    }

    static final Flow NORMAL = new Flow(Kind.NORMAL, Optional.empty());
    static final Flow BREAK = new Flow(Kind.BREAK, Optional.empty());
    static final Flow CONTINUE = new Flow(Kind.CONTINUE, Optional.empty());
    static final Flow RAISE = new Flow(Kind.RAISE, Optional.empty());

    static Flow returned(Value value) {
        return new Flow(Kind.RETURN, Optional.of(value));
    }

    boolean isNormal() {
        return kind == Kind.NORMAL;
    }
}
