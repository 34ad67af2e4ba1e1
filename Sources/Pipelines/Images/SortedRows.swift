internal import Storage

/// A file of rows of two words in ascending order of the first, read where it stands.
struct SortedRows: Sendable {
  private let file: MappedFile

  init(path: String) throws { file = try MappedFile(path: path) }

  /// How many rows there are.
  var count: Int { file.count / 16 }

  /// The words of a row.
  func row(_ number: Int) -> (key: UInt64, value: UInt64) {
    let words = file.words(2 * number..<2 * number + 2)
    return (words[0], words[1])
  }

  /// The first row whose key is not less than one.
  func firstRow(of key: UInt64) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if file.words(2 * middle..<2 * middle + 1)[0] < key {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low
  }
}
