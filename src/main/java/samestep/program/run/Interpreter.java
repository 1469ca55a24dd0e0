package samestep.program.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import samestep.finding.Place;
import samestep.program.Limits;
import samestep.program.Repository;
import samestep.program.World;
import samestep.program.value.Arguments;
import samestep.program.value.Event;
import samestep.program.value.ModuleValue;
import samestep.program.value.RecordedCall;
import samestep.program.value.Scope;
import samestep.program.value.Value;
import samestep.syntax.python.PythonFile;
import samestep.text.SourceText;

/** Interprets one program: its module, and then what was not called. */
public final class Interpreter {
    private static final long STACK = 512L * 1024 * 1024;

    private final Machine machine;
    private final Scope scope = new Scope();
    private final List<PythonFile> parts;
    private final Frame frame;

    /**
     * Prepares a program.
     *
     * @param parts its files, in order: one, or the cells of a notebook
     * @param path its path from the repository's root
     * @param bound names that are bound before it begins
     */
    public Interpreter(
            List<PythonFile> parts,
            String path,
            Repository repository,
            World world,
            Limits limits,
            Map<String, Value> bound) {
        bound.forEach(scope::bind);
        this.parts = List.copyOf(parts);
        this.machine = new Machine(repository, world, limits, path);
        SourceText source =
                parts.isEmpty() ? new SourceText(path, "") : parts.get(0).source();
        this.frame = machine.importer.start(scope, source, path, "__main__");
        machine.importer.know(path, new ModuleValue("__main__", scope, source));
    }

    /** Interprets the whole program, and then the functions that it does not call. */
    public void run() {
        onLargeStack(() -> {
            machine.keepSteps(true);
            module();
            machine.keepSteps(false);
            guarded(() -> new Uncalled(machine, parts, scope, frame).run());
            return scope;
        });
    }

    /** Interprets the program, as an import does: no function is called that it does not call itself. */
    public void load() {
        onLargeStack(() -> {
            module();
            return scope;
        });
    }

    private void module() {
        guarded(() -> {
            for (PythonFile part : parts) {
                machine.frame = frame.in(part.source());
                machine.executor.block(part.body());
            }
        });
    }

    private void guarded(Runnable part) {
        try {
            part.run();
        } catch (LimitReached e) {
            machine.cutOff("reading stopped after " + e.getMessage());
        } catch (StackOverflowError e) {
            machine.cutOff("reading stopped at what nests too deep");
        }
        machine.current = samestep.program.value.Circumstances.NONE;
        machine.frame = frame;
    }

    /** Calls something of the program, after it was interpreted. What this records is not kept. */
    public Value call(Value function, List<Value> arguments) {
        return onLargeStack(() -> {
            machine.restartClock();
            int events = machine.events().size();
            Place place = new Place(frame.source, new samestep.text.Span(0, 0));
            List<RecordedCall.Argument> positional = new ArrayList<>();
            arguments.forEach(a -> positional.add(new RecordedCall.Argument(a, place)));
            try {
                return machine.call(function, new Arguments(positional, Map.of(), Optional.empty()), place);
            } catch (LimitReached e) {
                return machine.unknown("a function that needs " + e.getMessage(), place);
            } catch (StackOverflowError e) {
                return machine.unknown("a function that nests too deep", place);
            } finally {
                machine.events().subList(events, machine.events().size()).clear();
            }
        });
    }

    /** Everything recorded, in order. */
    public List<Event> events() {
        return List.copyOf(machine.events());
    }

    /** What the program's names are bound to at its end. */
    public Map<String, Value> bindings() {
        return new LinkedHashMap<>(scope.bindings());
    }

    /** What was not followed, in words. */
    public List<String> notes() {
        return machine.notes();
    }

    /** Whether it, or a loop of it, was left before its end. */
    public boolean isCutOff() {
        return machine.isCutOff();
    }

    /** The other modules of the repository that it imports. */
    public List<ModuleValue> modules() {
        return machine.importer.loaded().values().stream()
                .filter(module -> module.scope() != scope)
                .toList();
    }

    /** Trees and calls nest as deep as the limits say, which is more than a usual stack holds. */
    private static <T> T onLargeStack(Supplier<T> task) {
        List<T> result = new ArrayList<>();
        List<Throwable> failures = new ArrayList<>();
        Thread thread = new Thread(
                null,
                () -> {
                    try {
                        result.add(task.get());
                    } catch (RuntimeException | Error e) {
                        failures.add(e);
                    }
                },
                "program",
                STACK);
        thread.setDaemon(true);
        thread.start();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (!failures.isEmpty()) {
            if (failures.get(0) instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) failures.get(0);
        }
        return result.get(0);
    }
}
