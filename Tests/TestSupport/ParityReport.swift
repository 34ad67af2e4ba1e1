import Foundation

/// The greatest differences that parity tests found, for `make parity`.
///
/// Where `WEFT_PARITY_REPORT` names a file, each test adds lines of a row, what was compared, the greatest
/// difference and the tolerance, parted by tabs; elsewhere nothing is kept.
public enum ParityReport {
  /// Notes a difference and gives it back, so that a test can hold it against the tolerance.
  ///
  /// - Parameters:
  ///   - row: The row of docs/parity.md, such as `P5`.
  ///   - what: What was compared.
  ///   - tolerance: What the difference must be below, or at most.
  public static func note(
    _ row: String, _ what: String, _ difference: Double, tolerance: Double
  ) -> Double {
    guard let path = ProcessInfo.processInfo.environment["WEFT_PARITY_REPORT"] else {
      return difference
    }
    let line = "\(row)\t\(what)\t\(difference)\t\(tolerance)\n"
    // One write to a file opened for appending does not mix with those of other tests.
    let file = open(path, O_WRONLY | O_APPEND | O_CREAT, 0o644)
    defer { close(file) }
    _ = line.withCString { write(file, $0, strlen($0)) }
    return difference
  }
}
