package samestep.program;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.program.run.Interpreter;
import samestep.program.value.Event;
import samestep.program.value.ModuleValue;
import samestep.program.value.RecordedCall;
import samestep.program.value.Value;
import samestep.text.SourceText;

/** What a program does to libraries, in order, as far as it is known without running it. */
public final class Trace {
    private final SourceText source;
    private final Interpreter interpreter;
    private final List<Event> events;

    Trace(SourceText source, Interpreter interpreter) {
        this.source = source;
        this.interpreter = interpreter;
        this.events = interpreter.events();
    }

    /** The program's own file; of a notebook the first cell. */
    public SourceText source() {
        return source;
    }

    /** Everything recorded, in order. */
    public List<Event> events() {
        return events;
    }

    /** All recorded calls, in order. */
    public List<RecordedCall> calls() {
        return events.stream()
                .filter(RecordedCall.class::isInstance)
                .map(RecordedCall.class::cast)
                .toList();
    }

    /**
     * The calls of what has a name.
     *
     * @param pattern a name such as {@code torch.optim.SGD}; one that ends in {@code .*} means everything directly in a
     *     module; what may be of several modules is found under each
     */
    public List<RecordedCall> calls(String pattern) {
        return calls().stream().filter(call -> matches(call, pattern)).toList();
    }

    private static boolean matches(RecordedCall call, String pattern) {
        if (call.callee() instanceof Value.Library library) {
            return matches(library.name(), pattern)
                    || library.others().stream().anyMatch(name -> matches(name, pattern));
        }
        return matches(call.name(), pattern);
    }

    private static boolean matches(String name, String pattern) {
        if (!pattern.endsWith(".*")) {
            return name.equals(pattern);
        }
        String module = pattern.substring(0, pattern.length() - 1);
        return name.startsWith(module) && name.indexOf('.', module.length()) < 0 && name.indexOf('(') < 0;
    }

    /** The calls of methods of a value, in order. */
    public List<RecordedCall> callsOn(Value owner) {
        return calls().stream()
                .filter(call -> call.owner().map(o -> o.equals(owner)).orElse(false))
                .toList();
    }

    /** The attributes that were set on a value, in order. */
    public List<Event.AttributeSet> attributesOf(Value owner) {
        return events.stream()
                .filter(Event.AttributeSet.class::isInstance)
                .map(Event.AttributeSet.class::cast)
                .filter(set -> set.owner().equals(owner))
                .toList();
    }

    /** What the program's names are bound to at its end. */
    public Map<String, Value> bindings() {
        return Collections.unmodifiableMap(interpreter.bindings());
    }

    /** What a name of the program is bound to at its end. */
    public Optional<Value> binding(String name) {
        return Optional.ofNullable(bindings().get(name));
    }

    /** What was not followed, in words; empty where everything was. */
    public List<String> notes() {
        return interpreter.notes();
    }

    /** Whether the program, or a loop of it, was left before its end, for its length. */
    public boolean isCutOff() {
        return interpreter.isCutOff();
    }

    /** The other modules of the repository that were read. */
    public List<ModuleValue> modules() {
        return interpreter.modules();
    }

    /**
     * What a function of the program gives for arguments: a schedule's rate at an update, say. Nothing is recorded, but
     * what the function changes stays changed.
     */
    public Value call(Value function, List<Value> arguments) {
        return interpreter.call(function, arguments);
    }
}
