import Documents

extension TextNode {
  /// Whether the text is written for people to read, so that rules about language and spam apply.
  ///
  /// Program code is English to a language detector, and its `#include` is no hashtag.
  var isProse: Bool { kind != .code }
}
