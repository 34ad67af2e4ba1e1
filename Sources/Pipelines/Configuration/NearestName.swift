/// The name among those accepted that a misspelt one most likely stands for.
enum NearestName {
  /// Finds the accepted name at the least edit distance, if that is at most a third of its length
  /// plus one; the first by order among equals.
  static func of(_ name: String, among accepted: [String]) -> String? {
    let limit = 1 + name.count / 3
    var nearest: (name: String, distance: Int)?
    for candidate in accepted.sorted() where abs(candidate.count - name.count) <= limit {
      let distance = editDistance(name.lowercased(), candidate.lowercased())
      if distance <= limit, distance < nearest?.distance ?? .max {
        nearest = (candidate, distance)
      }
    }
    return nearest?.name
  }

  /// The Levenshtein distance of two strings, a swap of neighbours counting as one edit.
  private static func editDistance(_ left: String, _ right: String) -> Int {
    let left = Array(left)
    let right = Array(right)
    var beforePrevious: [Int] = []
    var previous = Array(0...right.count)
    for (row, leftCharacter) in left.enumerated() {
      var current = [row + 1]
      for (column, rightCharacter) in right.enumerated() {
        let substitution = previous[column] + (leftCharacter == rightCharacter ? 0 : 1)
        var best = min(substitution, previous[column + 1] + 1, current[column] + 1)
        let isSwap =
          row > 0 && column > 0 && leftCharacter == right[column - 1]
          && left[row - 1] == rightCharacter
        if isSwap { best = min(best, beforePrevious[column - 1] + 1) }
        current.append(best)
      }
      beforePrevious = previous
      previous = current
    }
    return previous[right.count]
  }
}
