internal import Sharding

/// What the steps of a run read, one after the other, for being read ahead: for each step its plan, then
/// its micro-batches.
struct StepSource: PrefetchSource {
  /// What is to be read.
  enum Request {
    case plan(StepPlan)
    case batch(StepPlan.Group)
  }

  /// What was read.
  enum Element {
    /// A step begins.
    case plan(StepPlan)
    /// The next micro-batch of the step.
    case batch(PaddedBatch)
  }

  /// The sequences of each step.
  let orders: PerCorpus<BatchOrder?>
  /// The corpora's sequences.
  let sets: PerCorpus<ShardSet?>
  /// The most positions of a micro-batch, padding included.
  let budget: Int
  /// The steps that are left, counted from 0.
  var steps: Range<Int>
  /// The process that reads, of how many: it reads its share of each step.
  let rank: (number: Int, count: Int)
  private var groups: ArraySlice<StepPlan.Group> = []

  init(
    _ orders: PerCorpus<BatchOrder?>, of sets: PerCorpus<ShardSet?>, budget: Int, steps: Range<Int>,
    rank: Int = 0, of ranks: Int = 1
  ) {
    self.orders = orders
    self.sets = sets
    self.budget = budget
    self.steps = steps
    self.rank = (rank, ranks)
  }

  mutating func next() throws -> Request? {
    if let group = groups.popFirst() { return .batch(group) }
    guard let step = steps.popFirst() else { return nil }
    let plan = try StepPlan(
      orders.map { $0?.sequences(step: step) ?? [] }, of: sets, budget: budget)
    groups = plan.share(of: rank.number, among: rank.count).map { plan.groups[$0] }[...]
    return .plan(plan)
  }

  func make(_ request: Request) throws -> Element {
    switch request {
    case .plan(let plan): .plan(plan)
    case .batch(let group): .batch(try group.read(from: sets))
    }
  }
}

extension StepPlan.Group {
  /// Reads the group's sequences and lays them out.
  func read(from sets: PerCorpus<ShardSet?>) throws -> PaddedBatch {
    guard let set = sets[corpus] else { fatalError("a group is of a corpus that is open") }
    return try PaddedBatch(sequences.map { try set.sequence(at: $0) })
  }
}
