package samestep.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A page in Markdown: its text and its fenced blocks. */
record Page(Path path, String text) {
    private static final String FENCE = "```";

    /**
     * A fenced block.
     *
     * @param info the text after the fence
     * @param text the lines inside, each with its end
     * @param line the line of the opening fence, from 1
     */
    record Block(String info, String text, int line) {}

    static Page read(Path path) throws IOException {
        return new Page(path, Files.readString(path));
    }

    /** The README and its like in the root, and everything below docs. */
    static List<Page> all() throws IOException {
        List<Path> paths = new ArrayList<>();
        try (Stream<Path> root = Files.list(Path.of(""));
                Stream<Path> docs = Files.walk(Path.of("docs"))) {
            Stream.concat(root, docs)
                    .filter(path -> path.toString().endsWith(".md"))
                    .sorted()
                    .forEach(paths::add);
        }
        List<Page> pages = new ArrayList<>();
        for (Path path : paths) {
            pages.add(read(path));
        }
        return pages;
    }

    /** The fenced blocks, in order. */
    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(FENCE)) {
                int opened = i;
                StringBuilder inside = new StringBuilder();
                for (i++; i < lines.size() && !lines.get(i).startsWith(FENCE); i++) {
                    inside.append(lines.get(i)).append('\n');
                }
                blocks.add(
                        new Block(lines.get(opened).substring(FENCE.length()).strip(), inside.toString(), opened + 1));
            }
        }
        return blocks;
    }

    /** The text without the contents of fenced blocks, line for line. */
    List<String> prose() {
        List<String> prose = new ArrayList<>();
        boolean inside = false;
        for (String line : text.lines().toList()) {
            boolean fence = line.startsWith(FENCE);
            prose.add(inside || fence ? "" : line);
            inside ^= fence;
        }
        return prose;
    }

    /** Holds a committed page to what it should be; if it is not, leaves that in target, with the command to accept it. */
    static void assertIsCommitted(Path committed, String expected) throws IOException {
        String content = Files.exists(committed) ? Files.readString(committed) : "";
        if (!content.equals(expected)) {
            Path written = Path.of("target").resolve(committed);
            Files.createDirectories(written.toAbsolutePath().getParent());
            Files.writeString(written, expected);
            assertEquals(expected, content, "if this is right: cp " + written + " " + committed);
        }
    }
}
