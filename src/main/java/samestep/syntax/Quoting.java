package samestep.syntax;

/** Source text inside a message: quoted, on one line, cut when long. */
public final class Quoting {
    private static final int MAX_CODE_POINTS = 40;

    private Quoting() {}

    /** The text in double quotes; what cannot be seen is written as {@code U+00A0}; long text ends in dots. */
    public static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        int offset = 0;
        for (int count = 0; offset < text.length(); count++) {
            if (count == MAX_CODE_POINTS) {
                quoted.append("...");
                break;
            }
            int codePoint = text.codePointAt(offset);
            if (isVisible(codePoint)) {
                quoted.appendCodePoint(codePoint);
            } else {
                quoted.append(String.format("U+%04X", codePoint));
            }
            offset += Character.charCount(codePoint);
        }
        return quoted.append('"').toString();
    }

    private static boolean isVisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE -> false;
            case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> codePoint == ' ';
            default -> true;
        };
    }
}
