package samestep.program.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import samestep.finding.Place;
import samestep.program.value.ClassValue;
import samestep.program.value.Scope;
import samestep.program.value.Value;
import samestep.text.SourceText;
import samestep.text.Span;

/** One running module, class body or function. */
final class Frame {
    final Scope scope;
    final SourceText source;
    final String path;
    final Optional<Frame> caller;
    /** What may have been returned already, under conditions that are not known. */
    final List<Value.Alternative> returns = new ArrayList<>();
    /** Conditions under which nothing was returned yet, or no loop was left. */
    final List<samestep.program.value.Circumstances.Condition> kept = new ArrayList<>();
    /** What was yielded. */
    final List<Value> yields = new ArrayList<>();
    /** Names of modules of which everything was imported and that are not read. */
    final List<String> stars;
    /** The class in whose body the running function was defined, and its first argument: what super() means. */
    Optional<ClassValue> type = Optional.empty();

    Optional<Value> self = Optional.empty();
    /** Whether it runs the body of a class, and of which. */
    boolean isClassBody;

    String className = "";
    /** Where something was called or assigned last. */
    Optional<Place> last = Optional.empty();

    /** How many conditions there were when it began. */
    int conditionsBefore;

    /** How many loops there were when it began. */
    int loopsBefore;

    Frame(Scope scope, SourceText source, String path, List<String> stars, Optional<Frame> caller) {
        this.scope = scope;
        this.source = source;
        this.path = path;
        this.stars = stars;
        this.caller = caller;
    }

    /** The same, in another part of the same module. */
    Frame in(SourceText part) {
        return new Frame(scope, part, path, stars, caller);
    }

    Place place(Span span) {
        return new Place(source, span);
    }
}
