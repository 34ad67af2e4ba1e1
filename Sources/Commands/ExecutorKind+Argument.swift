public import ArgumentParser
public import Pipelines

extension ExecutorConfiguration.Kind: ExpressibleByArgument {}
