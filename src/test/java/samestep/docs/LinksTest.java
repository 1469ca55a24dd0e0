package samestep.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Relative links lead to files that exist, and to headings that are in them. */
class LinksTest {
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");

    @Test
    void relativeLinksResolve() throws IOException {
        List<String> broken = new ArrayList<>();
        int links = 0;
        for (Page page : Page.all()) {
            int line = 0;
            for (String text : page.prose()) {
                line++;
                Matcher link = LINK.matcher(text);
                while (link.find()) {
                    links++;
                    if (!resolves(page, link.group(1))) {
                        broken.add(page.path() + ":" + line + ": " + link.group(1));
                    }
                }
            }
        }

        assertEquals(List.of(), broken);
        assertFalse(links < 50, "only " + links + " links were seen");
    }

    private static boolean resolves(Page page, String link) throws IOException {
        if (link.contains("://")) {
            return true;
        }
        String[] parts = link.split("#", 2);
        Path folder = page.path().toAbsolutePath().getParent();
        Path target =
                parts[0].isEmpty() ? page.path() : folder.resolve(parts[0]).normalize();
        boolean heading = parts.length == 2;
        return heading ? Files.isRegularFile(target) && headings(target).contains(parts[1]) : Files.exists(target);
    }

    /** The anchors of a page: lower case, spaces as dashes, without punctuation. */
    private static List<String> headings(Path path) throws IOException {
        return Page.read(path).prose().stream()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT))
                .map(line -> line.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
                .toList();
    }
}
