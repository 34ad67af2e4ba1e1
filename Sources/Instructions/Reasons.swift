public import Documents

extension Reason.Code {
  /// A line is no UTF-8.
  public static let invalidUTF8 = Reason.Code("invalidUTF8")
  /// A line is no JSON object.
  public static let invalidJSON = Reason.Code("invalidJSON")
  /// An example lacks a key; the detail names it.
  public static let missingKey = Reason.Code("missingKey")
  /// A key of an example holds something else than text; the detail names it.
  public static let wrongType = Reason.Code("wrongType")
  /// An example asks nothing.
  public static let emptyInstruction = Reason.Code("emptyInstruction")
  /// An example has no answer.
  public static let emptyOutput = Reason.Code("emptyOutput")
  /// A line has more bytes than are read of one.
  public static let oversizedLine = Reason.Code("oversizedLine")
  /// An example with its answer has more tokens than a sequence; what is measured is its length.
  public static let exampleTooLong = Reason.Code("exampleTooLong")
  /// An example is the same as one before it.
  public static let duplicateExample = Reason.Code("duplicateExample")
  /// A compressed file ends early or is damaged, so that no more of it can be read.
  public static let damagedFile = Reason.Code("damagedFile")
}
