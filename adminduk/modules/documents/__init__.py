"""Documents: the files that citizens send and officers look at, kept encrypted, shown only to those who may."""
