public import ArgumentParser
public import Documents

/// Lets the command take a corpus by its name.
extension Corpus: ExpressibleByArgument {}
