package samestep.report;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import samestep.finding.Code;

/** The page of the documentation that explains a finding, as the program carries it. */
public final class FindingPage {
    private static final String FENCE = "```";
    private static final String BLOCK = "    ";
    private static final Pattern LINK = Pattern.compile("\\[([^\\]]*)\\]\\(([^)\\s]+)\\)");

    private FindingPage() {}

    /** The page as plain text: without the marks of headings, code and links, and with its blocks moved to the right. */
    public static String plain(Code code) {
        StringBuilder plain = new StringBuilder();
        boolean block = false;
        for (String line : of(code).lines().toList()) {
            if (line.startsWith(FENCE)) {
                block ^= true;
            } else if (block) {
                plain.append(line.isEmpty() ? "" : BLOCK + line).append('\n');
            } else {
                plain.append(LINK.matcher(line)
                                .replaceAll(FindingPage::link)
                                .replaceFirst("^#+ ", "")
                                .replace("`", ""))
                        .append('\n');
            }
        }
        return plain.toString();
    }

    /** An address is worth reading; a page beside this one is a finding, which the link's own words name. */
    private static String link(MatchResult link) {
        String address = link.group(2);
        return Matcher.quoteReplacement(address.contains("://") ? link.group(1) + " (" + address + ")" : link.group(1));
    }

    /** The page, in Markdown. */
    public static String of(Code code) {
        return Packaged.text("/samestep/finding/pages/" + code + ".md");
    }
}
