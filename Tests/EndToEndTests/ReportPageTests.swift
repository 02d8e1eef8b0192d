import DurableFiles
import Foundation
import Testing

/// Tests that open reports in a real browser and check their layout; screenshots stay in .build/screenshots.
@Suite("Reports in a browser", .serialized, .enabled(if: Browser.path != nil, "chromium is not installed"))
struct ReportPageTests {
  /// The names of the jobs and their settings besides the frame.
  static let jobs: [(String, String)] = [
    (
      "binomial",
      "training_frame: prostate.csv\nvalidation_frame: prostate.csv\nresponse_column: CAPSULE\n"
        + "column_types: {CAPSULE: enum}\nignored_columns: [ID]\nnfolds: 3\nexports: [mojo, onnx]\nepochs: 20"
    ),
    ("multinomial", "training_frame: iris.csv\nresponse_column: Species\nepochs: 40\nscore_interval: 0"),
    ("regression", "training_frame: prostate.csv\nresponse_column: AGE\nhidden: [20, 20]\nepochs: 20"),
    ("autoencoder", "training_frame: prostate.csv\nautoencoder: true\nhidden: [4]\nactivation: Tanh\nepochs: 20"),
    (
      "grid",
      "training_frame: prostate.csv\nresponse_column: CAPSULE\ncolumn_types: {CAPSULE: enum}\nepochs: 5\n"
        + "grid: {hyper_params: {hidden: [[5], [5, 5]], l1: [0, 0.01], activation: [Rectifier, Tanh]}}"
    ),
    ("hostile", "training_frame: hostile.csv\nresponse_column: '<script>console.error(1)</script>'\nepochs: 3"),
  ]

  /// Names that a browser would run as scripts, and names longer than any chart.
  private func hostileTable() -> String {
    let long = String(repeating: "a very long name of a level ", count: 6)
    var text = "<script>console.error(1)</script>,<img src=x onerror=console.error(2)>,\"\(long)\",ＷＩＤＥ\n"
    for row in 0..<120 {
      let level = ["\(long)1", "<b>bold</b>", "\"\"&amp;'", "長い名前の水準でございます"][row % 4]
      text += "\"\(level)\",\(row % 7),\(row),\"\(["x", "<i>"][row % 2])\"\n"
    }
    return text
  }

  @Test("the layout check finds overlapping text, text outside its chart and console errors")
  func inspector() throws {
    let folder = NSTemporaryDirectory() + "report-\(UUID().uuidString)"
    try FileSystem().makeFolder("\(folder)/result")
    defer { try? FileSystem().removeTree(folder) }
    let poor = """
      <html><head><meta http-equiv="Content-Security-Policy" content="default-src 'none'"></head><body>
      <svg aria-label="poor" viewBox="0 0 100 50" width="100" height="50"><text x="5" y="20">one</text>
      <text x="8" y="22">two</text><text x="90" y="40">beyond</text></svg><p style="color:#ccc;background:#fff">pale</p><script>console.error(1)</script></body></html>
      """
    try FileSystem().write(poor.utf8, to: "\(folder)/result/report.html")
    let findings = try Browser.findings(html: poor, folder: folder, name: "poor", width: 800)
    #expect(findings.contains { $0.contains("overlap in poor: one / two") })
    #expect(findings.contains { $0.contains("runs out of poor: beyond") })
    #expect(findings.contains { $0.contains("CONSOLE") })
    #expect(findings.contains { $0.contains("contrast") && $0.contains("pale") })
  }

  @Test("pages have no console errors, no overlapping text and no overflow", arguments: jobs)
  func page(_ name: String, _ job: String) throws {
    let folder = NSTemporaryDirectory() + "report-\(UUID().uuidString)"
    let files = FileSystem()
    try files.makeFolder(folder)
    defer { try? files.removeTree(folder) }
    for sample in ["prostate.csv", "iris.csv"] {
      try files.write(files.read("\(Programs.root)/Spool/samples/\(sample)", limit: 1 << 20), to: "\(folder)/\(sample)")
    }
    try files.write(hostileTable().utf8, to: "\(folder)/hostile.csv")
    try files.write("seed: 1\n\(job)\n".utf8, to: "\(folder)/job.yaml")
    let run = try Programs.deepspool(["run", "\(folder)/job.yaml", "--output", "\(folder)/result"])
    #expect(run.status == 0, "\(run.errors)")
    let html = String(decoding: try files.read("\(folder)/result/report.html", limit: 1 << 24), as: UTF8.self)
    // The slider of two classes has the only script, which the policy of the page allows by its checksum.
    #expect(html.components(separatedBy: "<script").count - 1 == (html.contains("data-thresholds=") ? 1 : 0))
    #expect(html.contains("default-src 'none'") && !html.contains("script-src 'unsafe-inline'"))
    #expect(!html.contains("http://") && !html.contains("https://"))
    for width in [1600, 1000, 360] {
      let findings = try Browser.findings(html: html, folder: folder, name: name, width: width)
      #expect(findings.isEmpty, "\(name) at \(width) pixels: \(findings.prefix(10).joined(separator: "\n"))")
    }
    let findings = try Browser.findings(ofPrint: html, folder: folder, name: name)
    #expect(findings.isEmpty, "\(name) on paper: \(findings.prefix(10).joined(separator: "\n"))")
  }

  @Test("a comparison has words for metrics, no best values of different responses, and fits on paper")
  func comparison() throws {
    let folder = NSTemporaryDirectory() + "report-\(UUID().uuidString)"
    let files = FileSystem()
    try files.makeFolder("\(folder)/result")
    defer { try? files.removeTree(folder) }
    let table = "training_frame: \(Programs.samples)/prostate.csv\nignored_columns: [ID]\nseed: 1\nepochs: 3\n"
    for (name, rest) in [
      (
        "classes",
        "response_column: CAPSULE\ncolumn_types: {CAPSULE: enum}\nhidden: [5]\nactivation: RectifierWithDropout"
      ),
      ("classes-again", "response_column: CAPSULE\ncolumn_types: {CAPSULE: enum}\nhidden: [9]"),
      ("numbers", "response_column: CAPSULE\ncolumn_types: {CAPSULE: real}"), ("ages", "response_column: AGE"),
    ] {
      try files.write("\(table)\(rest)\n".utf8, to: "\(folder)/\(name).yaml")
      let run = try Programs.deepspool(["run", "\(folder)/\(name).yaml", "--output", "\(folder)/\(name)"])
      #expect(run.status == 0, "\(run.errors)")
    }
    func compare(_ names: [String]) throws -> (output: String, errors: String, page: String) {
      let page = "\(folder)/result/report.html"
      let run = try Programs.deepspool(["compare"] + names.map { "\(folder)/\($0)" } + ["--html", page])
      #expect(run.status == 0, "\(run.errors)")
      return (run.output, run.errors, String(decoding: try files.read(page, limit: 1 << 20), as: UTF8.self))
    }
    let same = try compare(["classes", "classes-again"])
    #expect(same.output.contains("*") && same.output.contains("logloss") && same.page.contains("★"))
    #expect(same.page.contains(">log loss<") && same.page.contains(">error rate<") && !same.page.contains(">nobs<"))
    #expect(same.page.contains("<caption class=\"unseen\">Metrics: training</caption>"))
    for width in [1600, 360] {
      let findings = try Browser.findings(html: same.page, folder: folder, name: "compare", width: width)
      #expect(findings.isEmpty, "at \(width) pixels: \(findings.prefix(10).joined(separator: "\n"))")
    }
    let findings = try Browser.findings(ofPrint: same.page, folder: folder, name: "compare")
    #expect(findings.isEmpty, "on paper: \(findings.prefix(10).joined(separator: "\n"))")
    for (other, warning) in [("ages", "different responses"), ("numbers", "different kinds (Binomial, Regression)")] {
      let compared = try compare(["classes", other])
      #expect(compared.errors.contains(warning) && compared.page.contains(warning), "\(compared.errors)")
      #expect(!compared.output.contains("*") && !compared.page.contains("★"), "\(compared.output)")
    }
  }
}

/// Debian's chromium in headless mode.
enum Browser {
  static var path: String? {
    ["/usr/bin/chromium", "/usr/bin/chromium-browser"].first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  /// Returns the layout errors of a page, one sentence each.
  static func findings(html: String, folder: String, name: String, width: Int) throws -> [String] {
    let screenshots = "\(Programs.root)/.build/screenshots"
    return try findings(
      html, folder: folder, width: width,
      showing: ["--screenshot=\(screenshots)/\(name)-\(width).png", "file://\(folder)/result/report.html"])
  }

  /// Returns the layout errors of a page on a sheet of A4 with the usual margins; the print stays as PDF.
  static func findings(ofPrint html: String, folder: String, name: String) throws -> [String] {
    let screenshots = "\(Programs.root)/.build/screenshots"
    // A browser that prints runs no script, so the styles for paper are examined on a screen of the same width.
    let paper = html.replacing("@media print{", with: "@media all{").replacing("@media screen", with: "@media speech")
    #expect(paper != html)
    return try findings(
      paper, folder: folder, width: 718,
      showing: [
        "--no-pdf-header-footer", "--print-to-pdf=\(screenshots)/\(name).pdf", "file://\(folder)/result/report.html",
      ])
  }

  private static func findings(
    _ html: String, folder: String, width: Int, showing arguments: [String]
  ) throws -> [String] {
    let files = FileSystem()
    let page = "\(folder)/report-\(width).html"
    // The page forbids scripts, so a copy with the checking script is examined.
    let open = html.replacing(/<meta http-equiv="Content-Security-Policy"[^>]*>/, with: "")
    #expect(open != html)
    try files.write(open.replacing("</body>", with: "\(inspector)</body>").utf8, to: page)
    try files.makeFolder("\(Programs.root)/.build/screenshots")
    let common = [
      "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
      "--user-data-dir=\(folder)/browser", "--window-size=\(width),3000", "--enable-logging=stderr",
    ]
    let shown = try Programs.run(path ?? "", common + arguments)
    let laidOut = try Programs.run(path ?? "", common + ["--dump-dom", "file://\(page)"])
    // The page itself is watched too, since its policy could refuse its script.
    var findings = (shown.errors + laidOut.errors).split(separator: "\n").filter { $0.contains("CONSOLE") }
      .map(String.init)
    guard let list = laidOut.output.firstMatch(of: /<pre id="findings">([\s\S]*?)<\/pre>/) else {
      return findings + ["the page was not laid out: \(laidOut.errors.suffix(300))"]
    }
    findings += list.1.split(separator: "\n").map(String.init)
    return findings
  }

  /// Checks the boxes of all texts after layout.
  private static let inspector = """
    <script>
    const found = [];
    const label = e => (e.firstChild ? e.firstChild.textContent : '').slice(0, 40);
    for (const svg of document.querySelectorAll('svg')) {
      const frame = svg.getBoundingClientRect();
      const texts = [...svg.querySelectorAll('text')].map(e => [e, e.getBoundingClientRect()]);
      for (const [e, r] of texts) {
        if (r.left < frame.left - 1 || r.right > frame.right + 1 || r.top < frame.top - 1 || r.bottom > frame.bottom + 1)
          found.push(`runs out of ${svg.getAttribute('aria-label')}: ${label(e)}`);
      }
      for (let i = 0; i < texts.length; i++) for (let j = i + 1; j < texts.length; j++) {
        const [a, b] = [texts[i][1], texts[j][1]];
        const w = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const h = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (w > 1.5 && h > 3.5) found.push(`overlap in ${svg.getAttribute('aria-label')}: ${label(texts[i][0])} / ${label(texts[j][0])}`);
      }
    }
    if (document.documentElement.scrollWidth > window.innerWidth + 1) found.push('the page is wider than the window');
    for (const e of document.querySelectorAll('h1, h2, p, li, a, figcaption, pre, summary, .card'))
      if (e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0) found.push(`runs over: ${e.tagName} ${e.textContent.slice(0, 60)}`);
    // A word in a cell stays whole, unless the cell is for long texts.
    for (const cell of document.querySelectorAll('th:not(.long), td:not(.long), caption:not(.unseen)')) {
      const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
      for (let text = texts.nextNode(); text; text = texts.nextNode()) for (const word of text.data.matchAll(/[\\w.]{2,40}/g)) {
        const range = document.createRange();
        range.setStart(text, word.index);
        range.setEnd(text, word.index + word[0].length);
        const tops = [...range.getClientRects()].filter(r => r.width > 0).map(r => r.top);
        if (tops.length > 1 && Math.max(...tops) - Math.min(...tops) > 4) found.push(`broken word: ${word[0]} in ${cell.textContent.slice(0, 40)}`);
      }
    }
    // The contrast of texts in light colours, by the formula of WCAG 2; 4.5 is its level AA.
    const channels = text => (text.match(/[0-9.]+/g) || []).map(Number);
    const luminance = c => c.slice(0, 3).map(v => v / 255).map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
      .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
    const behind = e => {
      for (let node = e; node && node.nodeType === 1; node = node.parentElement) {
        const color = channels(getComputedStyle(node).backgroundColor);
        if (color.length === 3 || color[3] > 0) return color;
      }
      return [255, 255, 255];
    };
    for (const e of document.querySelectorAll('p, h1, h2, li, a, th, td, caption, figcaption, summary, pre, label, button, svg text')) {
      if (!e.textContent.trim() || e.closest('[hidden]')) continue;
      const style = getComputedStyle(e);
      const [a, b] = [luminance(channels(e.matches('svg text') ? style.fill : style.color)), luminance(behind(e))];
      const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      if (ratio < 4.5) found.push(`contrast ${ratio.toFixed(1)}: ${e.textContent.slice(0, 40)}`);
    }
    const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
    for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) found.push(`the id ${id} occurs twice`);
    for (const svg of document.querySelectorAll('svg')) if (!svg.getAttribute('aria-label')) found.push('a chart has no text');
    for (const table of document.querySelectorAll('table')) if (!table.caption || !table.caption.textContent) found.push('a table has no caption');
    for (const box of document.querySelectorAll('[data-threshold]')) {
      if (box.hidden) found.push('the slider is hidden');
      const cells = [...box.querySelectorAll('[data-value]')].map(e => e.textContent);
      if (cells.some(text => text === '')) found.push('the slider shows no numbers');
      const slider = box.querySelector('input');
      slider.value = slider.max;
      slider.dispatchEvent(new Event('input'));
      const last = [...box.querySelectorAll('[data-thresholds]')].pop();
      if (last.querySelector('[data-value=fn]').textContent === cells[2]) found.push('the slider changes nothing');
    }
    const list = document.createElement('pre');
    list.id = 'findings';
    list.textContent = found.join('\\n');
    document.body.append(list);
    </script>
    """
}
