internal import Wording

/// Builds a drawing from elements; text is escaped, numbers are rounded to tenths of a pixel.
///
/// Colours are style variables of the page (--ink, --muted, --grid, --series-1 ...), which differ
/// for light, dark and print.
struct SVG {
  enum Anchor: String {
    case start, middle, end
  }

  /// The largest coordinate that is drawn.
  private static let largestPlace = 1e9

  private var body = ""
  let width: Double
  let height: Double

  init(width: Double, height: Double) {
    self.width = width
    self.height = height
  }

  /// Returns the SVG element.
  ///
  /// - Parameters:
  ///   - label: The title of the chart for screen readers.
  ///   - description: What the chart shows, for screen readers.
  /// - Returns: The element `svg`.
  func markup(label: String, description: String) -> String {
    let text = ChartText.sentences([label, description])
    return "<svg class=\"chart\" viewBox=\"0 0 \(Self.text(width)) \(Self.text(height))\" role=\"img\" aria-label=\""
      + "\(Self.escaped(text))\" style=\"max-width:\(Self.text(width * ChartSize.largestScale))px\">\(body)</svg>"
  }

  mutating func line(_ from: (Double, Double), _ to: (Double, Double), style: String) {
    body +=
      "<line x1=\"\(Self.text(from.0))\" y1=\"\(Self.text(from.1))\" x2=\"\(Self.text(to.0))\" y2=\""
      + "\(Self.text(to.1))\" class=\"\(style)\"/>"
  }

  /// - `dashes`: The lengths of dashes and gaps, as in SVG; empty for a solid line.
  mutating func path(_ points: [(Double, Double)], style: String, color: String, dashes: String = "", hint: String = "")
  {
    let text = points.map { "\(Self.text($0.0)),\(Self.text($0.1))" }.joined(separator: " ")
    let pattern = dashes.isEmpty ? "" : ";stroke-dasharray:\(dashes)"
    body +=
      "<polyline points=\"\(text)\" class=\"\(style)\" style=\"stroke:\(color)\(pattern)\">\(title(hint))</polyline>"
  }

  /// Draws equal dots as one element, which is smaller than an element for each.
  mutating func dots(_ points: [(Double, Double)], radius: Double, color: String) {
    let text = points.map { "M\(Self.text($0.0)) \(Self.text($0.1))h0" }.joined()
    body += "<path d=\"\(text)\" class=\"dots\" style=\"stroke:\(color);stroke-width:\(Self.text(2 * radius))\"/>"
  }

  mutating func dot(_ at: (Double, Double), radius: Double, color: String, hint: String = "") {
    body +=
      "<circle cx=\"\(Self.text(at.0))\" cy=\"\(Self.text(at.1))\" r=\"\(Self.text(radius))\" style=\"fill:\(color)\">"
      + "\(title(hint))</circle>"
  }

  mutating func box(
    x: Double, y: Double, width: Double, height: Double, color: String, opacity: Double = 1, hint: String = ""
  ) {
    body +=
      "<rect x=\"\(Self.text(x))\" y=\"\(Self.text(y))\" width=\"\(Self.text(max(0, width)))\" height=\""
      + "\(Self.text(max(0, height)))\" style=\"fill:\(color);fill-opacity:\(Self.text(opacity * 100))%\">"
      + "\(title(hint))</rect>"
  }

  /// - `isRotated`: True for text that reads from bottom to top.
  mutating func text(
    _ text: String, _ at: (Double, Double), anchor: Anchor = .start, style: String = "", isRotated: Bool = false,
    hint: String = ""
  ) {
    let rotation = isRotated ? " transform=\"rotate(-90 \(Self.text(at.0)) \(Self.text(at.1)))\"" : ""
    body +=
      "<text x=\"\(Self.text(at.0))\" y=\"\(Self.text(at.1))\" text-anchor=\"\(anchor.rawValue)\""
      + (style.isEmpty ? "" : " class=\"\(style)\"") + rotation + ">\(Self.escaped(text))\(title(hint))</text>"
  }

  private func title(_ hint: String) -> String { hint.isEmpty ? "" : "<title>\(Self.escaped(hint))</title>" }

  static func text(_ value: Double) -> String {
    guard abs(value) < largestPlace else { return "0" }
    let tenths = (value * 10).rounded()
    return tenths == (tenths / 10).rounded() * 10 ? String(Int(tenths / 10)) : String(tenths / 10)
  }

  /// Returns text for elements and attributes.
  ///
  /// XML does not allow control characters; browsers would show boxes.
  static func escaped(_ text: String) -> String {
    let allowed = text.unicodeScalars.map { $0.value < 32 || $0.value == 127 ? "\u{FFFD}" : $0 }
    return String(String.UnicodeScalarView(allowed)).escapingMarkup
  }

  /// Shortens text to a width in pixels: it keeps both ends, because names often differ at the end only.
  static func fitted(_ text: String, width room: Double) -> String {
    guard width(of: text) > room else { return text }
    let half = (room - width(of: "…")) / 2
    func fits(_ character: Character, _ used: inout Double) -> Bool {
      used += width(of: String(character))
      return used <= half
    }
    var (left, right) = (0.0, 0.0)
    let start = text.prefix { fits($0, &left) }
    let end = text.reversed().prefix { fits($0, &right) }.reversed()
    return start + "…" + String(end)
  }

  /// Estimates the width of a text in the chart's font, rather too large than too small.
  static func width(of text: String) -> Double {
    ChartSize.font
      * text.unicodeScalars.reduce(0) { width, character in
        switch character.value {
        case 0x2E80...: width + 1.08
        case 0x41...0x5A, 0x25, 0x40, 0x6D, 0x77, 0x80...: width + 0.79
        case 0x20, 0x2C, 0x2E, 0x27, 0x3A, 0x5B, 0x5D, 0x66, 0x69, 0x6A, 0x6C, 0x74: width + 0.42
        default: width + 0.64
        }
      }
  }
}
