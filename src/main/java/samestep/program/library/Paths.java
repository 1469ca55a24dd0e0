package samestep.program.library;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import samestep.finding.Place;
import samestep.program.value.Arguments;
import samestep.program.value.Origin;
import samestep.program.value.Sequence;
import samestep.program.value.Value;

/** {@code os.path} on texts alone. The repository's root is the root of all paths; nothing of the machine is asked. */
final class Paths {
    private final Host host;

    Paths(Host host) {
        this.host = host;
    }

    Optional<Value> call(String name, Arguments arguments, Place place) {
        if (name.equals("os.getcwd")) {
            return Optional.of(new Value.Text("/" + folder(host.currentPath()), Origin.NONE));
        }
        List<String> texts = new ArrayList<>();
        Origin origin = Origin.NONE;
        for (var argument : arguments.positional()) {
            if (!(argument.value() instanceof Value.Text text)) {
                return Optional.empty();
            }
            texts.add(text.value());
            origin = origin.and(text.origin());
        }
        if (texts.isEmpty()) {
            return Optional.empty();
        }
        String first = texts.get(0);
        Optional<String> result = switch (name) {
            case "os.path.join", "pathlib.Path", "pathlib.PurePath" -> Optional.of(joined(texts));
            case "os.path.dirname" -> Optional.of(dirname(first));
            case "os.path.basename" -> Optional.of(first.substring(first.lastIndexOf('/') + 1));
            case "os.path.abspath", "os.path.realpath" -> Optional.of(absolute(first));
            case "os.path.normpath" -> Optional.of(normalized(first));
            case "os.path.expanduser" -> Optional.of(first);
            default -> Optional.empty();
        };
        if (name.equals("os.path.splitext")) {
            int slash = first.lastIndexOf('/');
            int dot = first.lastIndexOf('.');
            int at = dot > slash + 1 ? dot : first.length();
            return Optional.of(Sequence.tuple(
                    new Value.Text(first.substring(0, at), origin), new Value.Text(first.substring(at), origin)));
        }
        Origin from = origin;
        return result.map(text -> new Value.Text(text, from));
    }

    private static String joined(List<String> parts) {
        StringBuilder out = new StringBuilder();
        for (String part : parts) {
            if (part.startsWith("/")) {
                out.setLength(0);
            } else if (!out.isEmpty() && out.charAt(out.length() - 1) != '/') {
                out.append('/');
            }
            out.append(part);
        }
        return out.toString();
    }

    private static String dirname(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : slash == 0 ? "/" : path.substring(0, slash);
    }

    private String absolute(String path) {
        return normalized(path.startsWith("/") ? path : "/" + folder(host.currentPath()) + path);
    }

    private static String folder(String path) {
        return path.substring(0, path.lastIndexOf('/') + 1);
    }

    static String normalized(String path) {
        Deque<String> parts = new ArrayDeque<>();
        for (String part : path.split("/")) {
            if (part.equals("..") && !parts.isEmpty() && !parts.peekLast().equals("..")) {
                parts.removeLast();
            } else if (part.equals("..") && !path.startsWith("/")) {
                parts.addLast(part);
            } else if (!part.isEmpty() && !part.equals(".") && !part.equals("..")) {
                parts.addLast(part);
            }
        }
        String joined = String.join("/", parts);
        return path.startsWith("/") ? "/" + joined : joined.isEmpty() ? "." : joined;
    }

    /** {@code sys.path.append}: a folder of the repository. */
    void search(Value path) {
        if (path instanceof Value.Text text) {
            String plain = absolute(text.value()).substring(1);
            host.addSearchPath(plain.isEmpty() ? "" : plain + "/");
        }
    }
}
