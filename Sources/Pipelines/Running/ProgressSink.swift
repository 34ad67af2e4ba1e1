public import Documents

/// What a run reports while it works.
public protocol ProgressSink: Sendable {
  /// A stage begins; `total` is its work in `unit`s, where it is known beforehand.
  func begin(stage: StageName, total: Int64, unit: ProgressUnit)
  /// More of the current stage's work is done.
  func advance(stage: StageName, by amount: Int64)
  /// What the stage has to say of itself now, such as a loss.
  func say(stage: StageName, _ text: String)
  /// A line of a stage that stays, such as a validation's result.
  func note(stage: StageName, _ line: String)
  /// A stage has ended; `note` sums it up in a few words.
  func end(stage: StageName, note: String)
  /// Something the user should know, such as a damaged archive.
  func warn(_ message: String)
}

/// What a stage counts its progress in.
public enum ProgressUnit: String, Sendable {
  /// Bytes of input.
  case bytes
  /// Documents.
  case documents
  /// Images.
  case images
  /// Packed sequences.
  case sequences
  /// Optimiser steps.
  case steps
}

/// A sink that reports nothing.
public struct SilentProgress: ProgressSink {
  /// Makes a silent sink.
  public init() {}
  /// Reports nothing.
  public func begin(stage: StageName, total: Int64, unit: ProgressUnit) {}
  /// Reports nothing.
  public func advance(stage: StageName, by amount: Int64) {}
  /// Reports nothing.
  public func say(stage: StageName, _ text: String) {}
  /// Reports nothing.
  public func note(stage: StageName, _ line: String) {}
  /// Reports nothing.
  public func end(stage: StageName, note: String) {}
  /// Reports nothing.
  public func warn(_ message: String) {}
}
