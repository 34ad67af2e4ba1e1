public import ArgumentParser
public import Inspection

/// Lets the command take a shape by its name.
extension ExportShape: ExpressibleByArgument {}
