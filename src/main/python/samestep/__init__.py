"""The command line of Samestep, which is a Java program, for users of pip."""
