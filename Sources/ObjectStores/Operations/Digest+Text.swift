internal import Documents
internal import Hashing

extension Digest {
  /// Digests text as UTF-8.
  init(ofText text: String) { self.init(of: text.utf8) }
}
