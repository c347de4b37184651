"""A whole site in one file, and a new site from such a file: database, files, keys."""
