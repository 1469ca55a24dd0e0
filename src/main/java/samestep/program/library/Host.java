package samestep.program.library;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import samestep.finding.Place;
import samestep.program.Limits;
import samestep.program.Repository;
import samestep.program.value.Arguments;
import samestep.program.value.Circumstances;
import samestep.program.value.Event;
import samestep.program.value.ModuleValue;
import samestep.program.value.Mutable;
import samestep.program.value.Value;

/** What the interpreter does for what Python's own functions need. */
public interface Host {

    /** Calls anything. */
    Value call(Value callee, Arguments arguments, Place place);

    /** Records the call of something that is not of the program. */
    Value record(Value callee, Arguments arguments, Place place);

    /** Reads an attribute. */
    Value attribute(Value owner, String name, Place place);

    /** Sets an attribute. */
    void setAttribute(Value owner, String name, Value value, Place place);

    /** All elements of something, if they are all known. */
    Optional<List<Value>> elements(Value iterable);

    /** Whether something is true, if that is known. */
    Optional<Boolean> truth(Value value);

    /** To be said before something is changed. */
    void touch(Mutable changed);

    /** The names of the running module, or of the running function, and what they are bound to. */
    Map<String, Value> names(boolean ofModule);

    /** Binds a name of the module. */
    void setGlobal(String name, Value value);

    /** What was set on something that is not of the program, if anything. */
    Optional<Value> stored(Value owner, Object key);

    /** An element of something of a library, if its framework knows it. */
    Optional<Value> item(Value owner, Value index);

    /** Under what the running statement is executed, since a sequence was made. */
    Circumstances circumstances();

    /** What was recorded so far. */
    List<Event> events();

    /** The files that may be read. */
    Repository repository();

    /** The path of the running file from the repository's root. */
    String currentPath();

    /**
     * The module of a file that a program names by its path, from its own folder or from one above it.
     *
     * @return empty where there is no such file, or one in several of these folders
     */
    Optional<ModuleValue> moduleOf(String path);

    /** Adds a folder in which modules are looked for. */
    void addSearchPath(String path);

    /** How far to go. */
    Limits limits();

    /** Says that {@code next} took an element of an iterator of a library. */
    void advanced(Value iterator);

    /** Counts one step, and ends everything when there were too many. */
    void step();

    /** A value that is not known. */
    default Value unknown(String reason, Place place) {
        return new Value.Unknown(reason, Optional.of(place));
    }
}
