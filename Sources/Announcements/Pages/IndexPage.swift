internal import Wording

/// The page that lists jobs, in pieces, because it may have thousands of rows.
///
/// A single file: its filters run in the browser, and no part of it comes from elsewhere.
package struct IndexPage: Sendable {
  /// The seconds after which the browser reloads a page on which a job runs.
  private static let refreshSeconds = 60

  private let title: String
  /// Sentences about what the page leaves out.
  private let notes: [String]
  private let writtenSeconds: Double
  private let isLive: Bool

  /// Creates a page.
  ///
  /// - Parameters:
  ///   - title: The heading.
  ///   - notes: Sentences about what the page leaves out.
  ///   - writtenSeconds: The time of writing, in seconds since 1970.
  ///   - isLive: Whether a job on the page is still going to change.
  package init(title: String, notes: [String], writtenSeconds: Double, isLive: Bool) {
    self.title = title
    self.notes = notes
    self.writtenSeconds = writtenSeconds
    self.isLive = isLive
  }

  /// Everything before the rows.
  package var head: String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; \
    script-src 'unsafe-inline'">
    \(isLive ? "<meta http-equiv=\"refresh\" content=\"\(Self.refreshSeconds)\">" : "")
    <title>\(title.escapingMarkup) – deepspool</title>
    <style>
    \(IndexAssets.styles)
    </style>
    </head>
    <body>
    <header>
    <p class="kind">deepspool</p>
    <h1>\(title.escapingMarkup)</h1>
    <p class="note">Written at <time datetime="\(InstantText.iso8601(writtenSeconds))">\
    \(InstantText.readable(writtenSeconds))</time>.</p>
    \(notes.map { "<p class=\"note\">\($0.escapingMarkup)</p>" }.joined())
    <form id="filters" role="search" hidden>
    <label>Search <input id="text" type="search" autocomplete="off"></label>
    <label>State <select id="state"><option value="">all</option></select></label>
    <label>Submitter <select id="user"><option value="">all</option></select></label>
    <output id="count" aria-live="polite"></output>
    </form>
    </header>
    <main>
    <div class="scroll" tabindex="0" role="region" aria-label="\(title.escapingMarkup)">
    <table role="table">
    <caption>\(title.escapingMarkup): running and waiting ones first, then the newest</caption>
    <thead role="rowgroup"><tr role="row">\(Self.columns.map(Self.header).joined())</tr></thead>
    <tbody id="jobs" role="rowgroup">

    """
  }

  private static let columns = ["Job", "State", "Submitter", "Submitted", "Ended", "Start to end", "Outcome"]

  private static func header(_ column: String) -> String {
    "<th scope=\"col\" role=\"columnheader\"" + (column == "Start to end" ? " class=\"number\"" : "")
      + ">\(column)</th>"
  }

  /// Everything after the rows.
  package var tail: String {
    """
    </tbody>
    </table>
    </div>
    </main>
    <script>
    \(IndexAssets.script)
    </script>
    </body>
    </html>

    """
  }
}
