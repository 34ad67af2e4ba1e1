import Testing
import Training

/// Expects a training error of a kind whose text names something.
func expectError<Result>(
  _ code: TrainingError.Code, naming name: String, _ body: () throws -> Result,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let error = #expect(throws: TrainingError.self, sourceLocation: sourceLocation) {
    _ = try body()
  }
  #expect(error?.code == code, sourceLocation: sourceLocation)
  #expect("\(String(describing: error))".contains(name), sourceLocation: sourceLocation)
}
