/// Numbers as people read them, the same in every locale.
package enum NumberText {
  /// A whole number with commas between thousands.
  package static func grouped(_ number: some BinaryInteger) -> String {
    let digits = Array(String(number.magnitude))
    var text = number < 0 ? "-" : ""
    for (place, digit) in digits.enumerated() {
      if place > 0 && (digits.count - place) % 3 == 0 { text += "," }
      text.append(digit)
    }
    return text
  }

  /// A number with a fixed count of decimals.
  package static func fixed(_ number: Double, _ decimals: Int) -> String {
    guard number.isFinite else { return "–" }
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    let scaled = (number.magnitude * scale).rounded()
    guard scaled < 1e18 else { return "\(number)" }
    let digits = String(Int64(scaled))
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    let sign = number < 0 && scaled > 0 ? "-" : ""
    if decimals == 0 { return sign + padded }
    return sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
  }

  /// A part of a whole in per cent with one decimal; `–` of nothing.
  package static func percent(_ part: some BinaryInteger, of whole: some BinaryInteger) -> String {
    whole == 0 ? "–" : fixed(Double(part) / Double(whole) * 100, 1) + " %"
  }

  /// A number of at most four figures with a power of thousand, such as `12.3 M`.
  package static func short(_ number: some BinaryInteger) -> String {
    scaled(Double(number), base: 1000, units: ["", " k", " M", " G", " T", " P"])
  }

  /// A small number as a figure times a power of ten, such as `2e-4`.
  package static func scientific(_ number: Double, decimals: Int) -> String {
    guard number != 0, number.isFinite else { return "0" }
    var exponent = 0
    var figure = number
    while figure.magnitude < 0.9995 {
      figure *= 10
      exponent -= 1
    }
    while figure.magnitude >= 9.9995 {
      figure /= 10
      exponent += 1
    }
    return fixed(figure, decimals) + "e\(exponent)"
  }

  /// A size in bytes with a decimal unit, such as `48.2 MB`.
  package static func bytes(_ count: some BinaryInteger) -> String {
    scaled(Double(count), base: 1000, units: [" B", " kB", " MB", " GB", " TB", " PB"])
  }

  private static func scaled(_ number: Double, base: Double, units: [String]) -> String {
    var rest = number
    var unit = 0
    // Half a unit of the last decimal below the base would be shown as the base itself.
    while rest.magnitude >= base - 0.05 && unit < units.count - 1 {
      rest /= base
      unit += 1
    }
    return fixed(rest, unit == 0 ? 0 : 1) + units[unit]
  }
}
