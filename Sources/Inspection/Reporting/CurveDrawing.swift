internal import Foundation

/// Curves over training steps.
struct CurveDrawing {
  /// One curve.
  struct Curve {
    /// What it is of; curves without a name have no label at their end.
    var name = ""
    /// The class that colours it.
    var style: String
    /// Its points by rising step.
    var points: [TrainingMetrics.Point]
    /// Whether each point is marked, as those of the few validations are.
    var isMarked = false
  }

  private static let left = 52.0
  private static let top = 14.0
  /// The most points of a curve; more are averaged.
  private static let resolution = 240

  let title: String
  let curves: [Curve]
  /// The size of the drawing.
  var width = 720.0
  var height = 300.0

  private var right: Double { width - (curves.contains { !$0.name.isEmpty } ? 110 : 12) }
  private var bottom: Double { height - 38 }

  /// The drawing; `nil` where no curve has a point.
  var html: HTML? {
    let points = curves.flatMap(\.points)
    guard let last = points.map(\.step).max(), let low = points.map(\.value).min(),
      let high = points.map(\.value).max()
    else { return nil }
    let axis = Axis(low: low, high: high)
    var drawing = SVG(
      width: width, height: height, title: title,
      text: curves.compactMap(\.words).joined(separator: "; "))
    draw(axis, last, &drawing)
    for curve in curves { draw(curve, axis, last, &drawing) }
    for (curve, y) in labelPlaces(axis) {
      drawing.label(curve.name, x: right + 8, y: y + 4, class: "legend \(curve.style)")
    }
    return drawing.html
  }

  /// An axis with round numbers.
  private struct Axis {
    var low: Double
    var high: Double
    var step: Double

    init(low: Double, high: Double) {
      // Values that are all the same get an axis around them.
      let least = max(abs(high) * 0.02, 1e-9)
      let (low, high) = high - low < least ? (low - least, high + least) : (low, high)
      let span = high - low
      var step = 1.0
      while step * 5 < span { step *= 10 }
      while step * 5 > span * 10 { step /= 10 }
      if step * 5 > span * 4 { step /= 5 } else if step * 5 > span * 2 { step /= 2 }
      self.step = step
      self.low = (low / step).rounded(.down) * step
      self.high = (high / step).rounded(.up) * step
    }

    var ticks: [Double] {
      (0...Int(((high - low) / step).rounded())).map { low + Double($0) * step }
    }

    func label(_ value: Double) -> String {
      if step >= 1000 { return NumberText.short(Int(value)) }
      if step < 0.001 {
        // As many decimals as tell two neighbours apart.
        let places = max(0, (log10(max(value.magnitude, step) / step) - 0.01).rounded(.up))
        return NumberText.scientific(value, decimals: Int(places))
      }
      return NumberText.fixed(value, step >= 1 ? 0 : step >= 0.1 ? 1 : step >= 0.01 ? 2 : 3)
    }
  }

  private func y(_ value: Double, _ axis: Axis) -> Double {
    bottom - (value - axis.low) / (axis.high - axis.low) * (bottom - Self.top)
  }

  private func x(_ step: Double, _ last: Int) -> Double {
    Self.left + step / Double(max(last, 1)) * (right - Self.left)
  }

  private func draw(_ axis: Axis, _ last: Int, _ drawing: inout SVG) {
    for tick in axis.ticks {
      let y = y(tick, axis)
      drawing.line([(Self.left, y), (right, y)], class: "grid")
      drawing.label(axis.label(tick), x: Self.left - 8, y: y + 4, .end, class: "tick")
    }
    for step in Axis(low: 0, high: Double(last)).ticks where step <= Double(last) {
      drawing.label(
        NumberText.grouped(Int(step)), x: x(step, last), y: bottom + 18, .middle, class: "tick")
    }
    drawing.label(
      "steps", x: (Self.left + right) / 2, y: bottom + 34, .middle, class: "tick")
  }

  private func draw(_ curve: Curve, _ axis: Axis, _ last: Int, _ drawing: inout SVG) {
    let points = curve.isMarked ? curve.points.map { (Double($0.step), $0.value) } : mean(curve)
    let places = points.map { (x: x($0.0, last), y: y($0.1, axis)) }
    drawing.line(places, class: "curve \(curve.style)" + (curve.isMarked ? " held-out" : ""))
    guard curve.isMarked else { return }
    for (place, point) in zip(places, curve.points) {
      drawing.dot(
        x: place.x, y: place.y, radius: 3.5, class: "dot \(curve.style)",
        title: "held out, step \(point.step): \(NumberText.fixed(point.value, 3))")
    }
  }

  /// The means of equal stretches of a curve.
  private func mean(_ curve: Curve) -> [(Double, Double)] {
    let points = curve.points
    let size = max(1, (points.count + Self.resolution - 1) / Self.resolution)
    return stride(from: 0, to: points.count, by: size).map { start in
      let part = points[start..<min(start + size, points.count)]
      return (
        part.reduce(0) { $0 + Double($1.step) } / Double(part.count),
        part.reduce(0) { $0 + $1.value } / Double(part.count)
      )
    }
  }

  /// Where each curve's name stands: at its end, moved down where another stands there.
  private func labelPlaces(_ axis: Axis) -> [(Curve, Double)] {
    var places: [(Curve, Double)] = []
    let ends = curves.filter { !$0.name.isEmpty }.compactMap { curve in
      curve.points.last.map { (curve, y($0.value, axis)) }
    }
    for (curve, y) in ends.sorted(by: { $0.1 < $1.1 }) {
      places.append((curve, max(y, (places.last?.1 ?? -100) + 16)))
    }
    return places
  }
}

extension CurveDrawing.Curve {
  /// From where to where the curve goes, in words.
  fileprivate var words: String? {
    guard let first = points.first, let last = points.last else { return nil }
    return (name.isEmpty ? "" : name + " ")
      + "from \(NumberText.fixed(first.value, 4)) at step \(first.step) to "
      + "\(NumberText.fixed(last.value, 4)) at step \(last.step)"
  }
}
