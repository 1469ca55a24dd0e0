package samestep.program.value;

/** A function of the program with the instance or class that it is called on. */
public record BoundMethod(Value receiver, FunctionValue function) implements Value {
    @Override
    public String toString() {
        return "method " + function.name();
    }
}
