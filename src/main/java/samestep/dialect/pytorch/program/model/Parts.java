package samestep.dialect.pytorch.program.model;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import samestep.finding.Place;
import samestep.program.value.Circumstances;
import samestep.program.value.Origin;
import samestep.program.value.Value;

/** The parameters that a program was given of its models, and what it adds to modules or sets on them. */
public final class Parts {
    private final Place place;
    private final Map<Value, ModelParameter> parameters = new HashMap<>();
    /** One value for one parameter, whichever module it is asked of: so it is the same in lists and sets. */
    private final Map<Object, Value> values = new HashMap<>();

    private final Map<Value, Map<String, Value>> added = new HashMap<>();
    private int version;

    /**
     * @param place where parameters are said to be
     */
    public Parts(Place place) {
        this.place = place;
    }

    /** The parameter that a value of the program is; empty where it is not a parameter. */
    public Optional<ModelParameter> parameter(Value value) {
        return Optional.ofNullable(parameters.get(value));
    }

    /** The value that stands for a parameter in the program. */
    public Value value(ModelParameter parameter) {
        return values.computeIfAbsent(parameter.id(), id -> {
            String name = parameter.path().orElse("<every " + parameter.role().word() + ">");
            Value value = new Value.Element(parameter.model(), new Value.Text(name, Origin.NONE), place);
            parameters.put(value, parameter);
            return value;
        });
    }

    /** What was added to a module or set on it, by name. */
    public Map<String, Value> of(Value module) {
        return added.getOrDefault(module, Map.of());
    }

    /** Something is added to a module or set on it; under a condition it is not known. */
    public void add(Value module, String name, Value value, Circumstances when) {
        version++;
        boolean isSure = !when.isConditional();
        Value unknown = new Value.Unknown("a part of a module that depends on the run", Optional.of(place));
        added.computeIfAbsent(module, m -> new LinkedHashMap<>()).put(name, isSure ? value : unknown);
    }

    /** Something of an object of the program was set. */
    public void changed() {
        version++;
    }

    /** Rises with each change: what was found before may not hold then. */
    public int version() {
        return version;
    }
}
