internal import Provenance

/// The way of the data, drawn as ribbons whose widths are proportional to what passes.
struct FlowDrawing {
  private static let width = 1080.0
  private static let thickness = 12.0
  /// The height of the first block.
  private static let tallest = 280.0
  /// The room for labels to the right of the last column.
  private static let labelRoom = 196.0

  private let root: FlowNode
  private let title: String
  private let scale: Double
  private let step: Double

  /// Draws what becomes of a quantity.
  init(_ root: FlowNode, title: String) {
    self.root = root
    self.title = title
    scale = Self.tallest / Double(max(root.count, 1))
    step = (Self.width - Self.labelRoom) / Double(max(Self.depth(of: root), 1))
  }

  /// The drawing.
  var html: HTML {
    let band = band(of: root)
    var drawing = SVG(
      width: Self.width, height: band + 16, title: title, text: Self.words(root))
    draw(root, x: 2, top: 8, band: band, &drawing)
    return drawing.html
  }

  /// A block's place, and where its ribbon arrives.
  private struct Place {
    var x: Double
    var y: Double
    var height: Double
  }

  private static func depth(of node: FlowNode) -> Int {
    (node.groups.joined().map { depth(of: $0) + 1 }.max()) ?? 0
  }

  private func height(of node: FlowNode) -> Double { max(1.5, Double(node.count) * scale) }

  private static func gap(before node: FlowNode) -> Double { node.isDropped ? 2 : 12 }

  /// The height that a node takes with all that becomes of it.
  private func band(of node: FlowNode) -> Double {
    let label = node.isDropped ? 17.0 : node.note == nil ? 38 : 54
    let inner = node.groups.joined().reduce(0) { $0 + band(of: $1) + Self.gap(before: $1) }
    return max(height(of: node), label, inner)
  }

  /// Draws a node in the middle of its band, and what becomes of it in the next column.
  @discardableResult
  private func draw(
    _ node: FlowNode, x: Double, top: Double, band: Double, _ drawing: inout SVG
  ) -> Place {
    let place = Place(x: x, y: top + (band - height(of: node)) / 2, height: height(of: node))
    let children = node.groups.joined()
    let inner = children.reduce(0) { $0 + self.band(of: $1) + Self.gap(before: $1) }
    var next = top + (band - inner) / 2
    for group in node.groups {
      let whole = max(group.reduce(0) { $0 + $1.count }, node.count, 1)
      var passed = 0
      for child in group {
        next += Self.gap(before: child)
        let childBand = self.band(of: child)
        let target = draw(child, x: x + step, top: next, band: childBand, &drawing)
        ribbon(place, passed, child, of: whole, to: target, &drawing)
        passed += child.count
        next += childBand
      }
    }
    label(node, place, &drawing)
    return place
  }

  private func ribbon(
    _ from: Place, _ passed: Int, _ child: FlowNode, of whole: Int, to target: Place,
    _ drawing: inout SVG
  ) {
    if child.count == 0 { return }
    let start = from.y + from.height * Double(passed) / Double(whole)
    let width = max(from.height * Double(child.count) / Double(whole), 0.8)
    drawing.ribbon(
      from: (from.x + Self.thickness, start...start + width),
      to: (target.x, target.y...target.y + target.height),
      class: "ribbon \(child.style.rawValue)",
      title: "\(NumberText.grouped(child.count)) \(child.name)")
  }

  private func label(_ node: FlowNode, _ place: Place, _ drawing: inout SVG) {
    let count = NumberText.grouped(node.count)
    drawing.rectangle(
      x: place.x, y: place.y, width: Self.thickness, height: place.height, radius: 2,
      class: "block \(node.style.rawValue)", title: "\(count) \(node.name)")
    let x = place.x + Self.thickness + 7
    let middle = place.y + place.height / 2
    if node.isDropped {
      drawing.label("\(count) \(node.name)", x: x, y: middle + 4.5, class: "name")
      return
    }
    let first = middle - (node.note == nil ? 1 : 9)
    drawing.label(count, x: x, y: first, class: "number")
    drawing.label(node.name, x: x, y: first + 15, class: "name")
    if let note = node.note { drawing.label(note, x: x, y: first + 30, class: "name") }
  }

  /// What the drawing shows, in words.
  private static func words(_ node: FlowNode) -> String {
    let own = "\(NumberText.grouped(node.count)) \(node.name)"
    let parts = node.groups.map { group in
      group.map { $0.groups.isEmpty ? "\(NumberText.grouped($0.count)) \($0.name)" : words($0) }
        .joined(separator: ", ")
    }
    return parts.isEmpty ? own : own + ": " + parts.joined(separator: "; ") + "."
  }
}

/// The drawings of the way of the data in a report or the viewer.
package enum FlowFigures {
  /// The figures; nothing for a run that read no archives.
  package static func make(_ statistics: Statistics) -> HTML {
    var html = HTML()
    let figures = [
      (
        FlowNode.records(statistics), "From records to corpora",
        "From the archives' records to documents of the corpora. Widths are proportional to counts; what "
          + "leaves on the way has its reason beside it. A document is judged for each corpus by itself."
      ),
      (
        FlowNode.images(statistics), "From images on pages to pairs",
        "From the images that pages show to images in place and pairs. The table below has all numbers."
      ),
    ]
    for (node, title, caption) in figures {
      guard let node else { continue }
      html.add(markup: "<figure class=\"flow\">")
      html.add(
        markup: "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"\(title)\">")
      html.add(FlowDrawing(node, title: title).html)
      html.add(markup: "</div>")
      html.add("figcaption", caption)
      html.add(markup: "</figure>")
    }
    return html
  }
}
