package samestep.syntax.json;

/** What to do about something that should not be where it is. */
final class Remedies {
    private Remedies() {}

    /** What was being read. */
    enum Situation {
        /** The first value of the file. */
        START,
        /** A name or value after a comma. */
        AFTER_COMMA,
        /** A name. */
        NAME,
        /** A comma or a closing brace or bracket. */
        SEPARATOR,
        /** A value, or a colon. */
        VALUE,
        /** Nothing: the value of the file is complete. */
        COMPLETE
    }

    /** Advice for the likely cause; empty when the message says it all. */
    static String of(String found, Situation situation) {
        if (found.isEmpty()) {
            return situation == Situation.START ? "the file is empty" : "is the file cut off?";
        }
        String general = general(found);
        if (general.isEmpty() && found.length() > 1) {
            general = number(found);
        }
        return general.isEmpty() ? special(found, situation) : general;
    }

    /** Numbers that other notations allow. */
    private static String number(String found) {
        if (found.startsWith("+")) {
            return "leave out the plus sign";
        }
        String digits = found.startsWith("-") ? found.substring(1) : found;
        if (digits.startsWith("0x") || digits.startsWith("0X")) {
            return "JSON has no hexadecimal numbers";
        }
        if (digits.matches("0[0-9]+")) {
            return "remove the leading 0";
        }
        boolean half = digits.matches("\\.[0-9].*") || digits.matches("[0-9]+\\.([eE].*)?");
        return half ? "JSON needs a digit on both sides of the point" : "";
    }

    private static String general(String found) {
        return switch (found) {
            case "'" -> "JSON has strings in double quotes only; Python's json.dumps writes them so, print does not";
            case "\u201c", "\u201d", "\u2018", "\u2019" -> "replace the typographic quotes by straight ones";
            case "#", "/" -> "JSON has no comments: remove it";
            case "True", "TRUE" -> "write true";
            case "False", "FALSE" -> "write false";
            case "None", "NULL", "undefined" -> "write null";
            case "nan", "NAN", "-NaN", "-nan" -> "write NaN, as Python does; is a missing number what you want?";
            case "inf", "Inf", "+Infinity", "infinity" -> "write Infinity, as Python does";
            case "-inf", "-Inf", "-infinity" -> "write -Infinity, as Python does";
            case "\u00a0" -> "replace the no-break space by a space";
            case "$", "%", "@" -> "a template? fill in its placeholders first";
            case "=" -> "write \"name\": value";
            default -> "";
        };
    }

    private static String special(String found, Situation situation) {
        boolean closing = found.equals("}") || found.equals("]");
        return switch (situation) {
            case START -> found.equals("<") ? "a web page? download the raw file" : "";
            case AFTER_COMMA ->
                closing ? "remove the comma before it: JSON has none after the last value" : name(found);
            case NAME -> name(found);
            case SEPARATOR -> closing ? "braces and brackets close in the order they open" : separator(found);
            case VALUE -> Character.isLetter(found.codePointAt(0)) ? "put double quotes around it if it is text" : "";
            case COMPLETE -> "one file holds one JSON value: split the file, or find the bracket too many";
        };
    }

    private static String name(String found) {
        if (found.equals("{")) {
            return "a template? fill in its placeholders first";
        }
        return Character.isLetter(found.codePointAt(0)) ? "put double quotes around it" : "";
    }

    private static String separator(String found) {
        char first = found.charAt(0);
        boolean value = first == '"' || first == '{' || first == '[' || Character.isLetterOrDigit(first);
        return value ? "is a comma missing before it?" : "";
    }
}
