# Files that are handed in and out.
