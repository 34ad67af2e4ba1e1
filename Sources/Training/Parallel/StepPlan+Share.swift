extension StepPlan {
  /// Which groups a process computes: indices of ``groups``, none where there are fewer than processes.
  ///
  /// The groups are the same for any number of processes, and with them dropout and, but for rounding, the
  /// loss. The heaviest goes first, each to the process that has least until then (Graham, "Bounds on
  /// Multiprocessing Timing Anomalies", 1969: at most 4/3 of the shortest time).
  ///
  /// - Parameters:
  ///   - rank: The number of the process, from 0.
  ///   - size: How many processes there are.
  func share(of rank: Int, among size: Int) -> [Int] {
    var loads = Array(repeating: 0, count: size)
    var share: [Int] = []
    let heaviestFirst = groups.indices.sorted {
      (groups[$1].positions, $0) < (groups[$0].positions, $1)
    }
    for index in heaviestFirst {
      guard let idlest = loads.indices.min(by: { loads[$0] < loads[$1] }) else { break }
      loads[idlest] += groups[index].positions
      if idlest == rank { share.append(index) }
    }
    return share.sorted()
  }
}
